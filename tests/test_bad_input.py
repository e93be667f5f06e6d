"""Bad input never stops the flow, never crashes it, never disappears."""

import json

import pytest

from tests.support.facts import Fabric, Made
from tests.support.load import assert_published_once, wait_published
from tests.support.topics import Sender, read_all


def deep(levels: int) -> bytes:
    return b'{"path":".node.srl.interface","entries":' + b"[" * levels + b"]" * levels + b"}"


BAD = {
    "not_json": (b"interface ethernet-1/1 is down", "invalid-json"),
    "truncated": (b'{"path":".node.srl.interface","entries":[{"keys":{"node_name":"a"', "invalid-json"),
    "invalid_utf8": (b'{"path":".node.srl.interface","entries":[],"x":"\xc3\x28"}', "invalid-utf8"),
    "empty": (b"", "empty"),
    "a_megabyte_of_junk": (b"\x00\x01junk" * 170_000, None),
    "ten_thousand_levels": (deep(10_000), "too-deep"),
    "nan": (b'{"path":".node.srl.interface","entries":[{"keys":{"node_name":"a","interface_name":"b"},'
            b'"fields":{"mtu":NaN}}]}', "invalid-json"),
    "node_name_of_wrong_type": (b'{"path":".node.srl.interface","entries":[{"keys":{"node_name":{"a":1},'
                                b'"interface_name":"b"},"fields":{"mtu":1}}]}', "invalid-key"),
    "missing_node": (b'{"path":".node.srl.interface","entries":[{"keys":{"interface_name":"b"},"fields":{"mtu":1}}]}',
                     "missing-node"),
    "unknown_object": (b'{"temperature":21}', "unknown-dialect"),
    "address_that_is_none": (b'{"path":".node.srl.interface.subinterface.ipv4.address","entries":[{"keys":{"node_name":"a",'
                             b'"interface_name":"b","subinterface_index":"0","address_ip-prefix":"10.0.0.300/24"},'
                             b'"fields":{"origin":"static"}}]}', "invalid-address"),
}


@pytest.fixture(scope="module")
def outcome(broker, tmp_path_factory):
    """All bad messages among good ones through one process; what became of them."""
    from tests.support.service import Service
    broker_job = Service(broker, "bad-input", tmp_path_factory.mktemp("bad"), 2)
    sender, fabric = Sender(broker.bootstrap, broker_job.raw), Fabric(3)
    process = broker_job.start().wait_ready()
    for value, kind in BAD.values():
        sender.send(fabric.eda())
        sender.send(Made("some-key", value, [], kind), headers=[("trace", b"t1")])
    sender.send(Made("some-key", None))  # a tombstone
    sender.send(fabric.eda())
    sender.flush()
    wait_published(broker_job)
    yield broker_job, process, sender.sent
    broker_job.kill_all()


def test_neighbours_of_bad_messages_are_published_and_each_bad_one_is_a_dead_letter_once(outcome):
    job, process, sent = outcome
    for place, made in sent:
        if made.value == BAD["a_megabyte_of_junk"][0]:
            made.dead = "invalid-json"
    assert_published_once(job, sent)
    assert process.running()


@pytest.mark.parametrize("name", BAD)
def test_the_dead_letter_is_the_message_byte_for_byte_with_its_reason(outcome, name):
    job, _, _ = outcome
    value, kind = BAD[name]
    letters = [m for m in read_all(job.broker.bootstrap, job.dead) if m.value() == value]
    assert len(letters) == 1
    headers = dict(letters[0].headers())
    assert headers["ntsp.error.kind"].decode() == (kind or "invalid-json")
    assert headers["ntsp.error.message"] and headers["trace"] == b"t1" and letters[0].key() == b"some-key"


def one_entry(fields: str, node: str = "n1") -> bytes:
    return (f'{{"path":".node.srl.interface","entries":[{{"keys":{{"node_name":"{node}","interface_name":"e1"}},'
            f'"fields":{fields}}}]}}').encode()


def published(job, process, value: bytes, table: str = "interface") -> list[dict]:
    sender = Sender(job.broker.bootstrap, job.raw)
    sender.send(Made("k", value))
    sender.flush()
    wait_published(job)
    place = sender.sent[0][0]
    from tests.support.oracle import batch_id, rows_of
    rows = [r for m in read_all(job.broker.bootstrap, job.tables[table]) for r in rows_of(m.value())]
    return [r for r in rows if r["batch_id"] == batch_id(place)]


def test_numbers_beyond_uint64_do_not_sink_the_message(outcome):
    job, process, _ = outcome
    rows = published(job, process, one_entry('{"mtu":123456789012345678901234567890,"ifindex":7,"huge":1e999,"pi":3.140}'))
    assert len(rows) == 1 and "mtu" not in rows[0] and rows[0]["ifindex"] == 7
    assert rows[0]["extra"] == {"mtu": "123456789012345678901234567890", "huge": "1e999", "pi": "3.140"}


def test_wrong_types_in_fields_go_to_extra_and_the_record_stands(outcome):
    job, process, _ = outcome
    rows = published(job, process, one_entry('{"mtu":"many","ifindex":-1,"oper-state":"up","admin-state":{"a":[1]}}'))
    assert len(rows) == 1 and rows[0]["oper_status"] == "up" and "mtu" not in rows[0] and "ifindex" not in rows[0]
    assert rows[0]["extra"]["mtu"] == "many" and rows[0]["extra"]["ifindex"] == "-1"


def test_of_duplicate_keys_the_last_wins(outcome):
    job, process, _ = outcome
    rows = published(job, process, one_entry('{"mtu":1500,"mtu":9000}'))
    assert [r["mtu"] for r in rows] == [9000]


def test_a_5_mb_message_is_split_below_the_limit_and_complete(broker, tmp_path):
    from tests.support.service import Service
    job = Service(broker, "five-megabytes", tmp_path, 0)
    broker.create_topics(1, job.raw, config={"max.message.bytes": "8000000"})
    entries = ",".join(f'{{"keys":{{"node_name":"n{i % 7}","interface_name":"ethernet-1/{i}"}},'
                       f'"fields":{{"in-octets":{i},"description":"{"x" * 60}"}}}}' for i in range(32_000))
    value = f'{{"path":".node.srl.interface.statistics","entries":[{entries}]}}'.encode()
    assert len(value) > 5_000_000
    try:
        process = job.start().wait_ready()
        rows = published(job, process, value)
        assert sorted(r["in_octets"] for r in rows) == list(range(32_000))
        messages = read_all(broker.bootstrap, job.tables["interface"])
        assert max(len(m.value()) for m in messages) <= 1_000_000 and len(messages) > 7
        assert len(published(job, process, one_entry('{"mtu":1500}'))) == 1
        # one large message must not leave the process large
        assert process.metric("process_resident_memory_bytes") < 300e6
    finally:
        job.kill_all()


def test_what_was_recognised_and_holds_nothing_is_counted_not_dead_lettered(outcome):
    job, process, _ = outcome
    before = len(read_all(job.broker.bootstrap, job.dead))
    for value in (b"[]", b'{"sync-response":true}', json.dumps({
            "path": ".node.srl.network-instance.protocols.bgp.neighbor",
            "entries": [{"keys": {"node_name": "n1"}, "fields": {"session-state": "idle"}}]}).encode()):
        assert published(job, process, value, "node") == []
    assert len(read_all(job.broker.bootstrap, job.dead)) == before
    assert process.metric("ntsp_publish_drops_total", kind="other-subsystem") >= 1
    assert process.metric("ntsp_publish_drops_total", kind="control") >= 1
