"""What `ntsp explain` says of a message is what `ntsp normalize` makes of it, for every sample there is."""

import functools
import gzip
import json
import pathlib
import subprocess

import pytest

from tests.support.service import BINARY

SAMPLES = sorted(pathlib.Path(__file__).with_name("data").glob("*/*.json"))
RECEIVED_AT = "2026-01-01T00:00:00Z"
COMMON = {"batch_id", "record_index", "received_at", "source_format"}


@functools.cache
def ntsp(command: str, sample, *args: str, **env: str) -> subprocess.CompletedProcess:
    """Each call once: the tests ask several questions of one answer."""
    return subprocess.run([BINARY, command, "--received-at", RECEIVED_AT, *args, str(sample)], capture_output=True, timeout=60,
                          env={"PATH": "/usr/bin:/bin"} | env)


def text_of(value) -> str:
    """A cell of a record as `explain` writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def records_of(sample, **env: str) -> list[list[dict]]:
    """By message: each record, but for what only its place in Kafka decides."""
    messages: dict[str, list[dict]] = {}
    for line in ntsp("normalize", sample, **env).stdout.splitlines():
        line = json.loads(line)
        record = {name: value for name, value in line["record"].items() if name not in COMMON}
        record["extra"] = dict(record.get("extra", {}))
        messages.setdefault(line["record"]["batch_id"], []).append({"table": line["table"]} | record)
    return list(messages.values())


def samples_of(told: dict):
    for found in told["objects"]:
        for element in found["elements"]:
            for sample in element["samples"]:
                yield found, element, sample


# Which object it is, is told by keys and leaves together, so the records' own lines say it.
IDENTITY = {"interface_name", "subinterface_index", "address_ip_prefix", "ip_address", "prefix_length", "family",
            "network_instance", "deleted"}


def latest(records: list[dict], sample: dict) -> None:
    """A node's time is the latest of all that speak of it."""
    for record in records:
        if record["table"] == "node" and record.get("node_name") == sample["node"]["text"] and (
                record.get("namespace") == sample.get("namespace", {}).get("text")):
            record["timestamp"] = max(record["timestamp"], sample["time"]["text"])


def records_explained(told: dict) -> list[dict]:
    """The records put together from what is said of each leaf, element by element."""
    records = [{"table": record["table"], "extra": {}} | {c: v for c, v in record["cells"].items() if c in IDENTITY}
               for record in told["records"]]
    for _, element, sample in samples_of(told):
        if "rejected" in element:
            assert not sample["records"]
            continue
        for number in sample["records"]:
            record = records[number]
            record.setdefault("timestamp", sample["time"]["text"])
            record["node_name"] = sample["node"]["text"]
            if "namespace" in sample:
                record["namespace"] = sample["namespace"]["text"]
        if sample["records"] or any("record" in leaf for leaf in sample["leaves"]):
            latest(records, sample)
        for leaf in sample["leaves"]:
            if "record" not in leaf or leaf["replaced"]:
                continue
            record = records[leaf["record"]]
            if "column" in leaf:
                table, column = leaf["column"].split(".")
                assert table == record["table"]
                record[column] = leaf["cell"]
            else:
                record["extra"][leaf["extra"]] = leaf["value"]
    return records


def explained(sample, **env: str) -> list[dict]:
    return [json.loads(line) for line in ntsp("explain", sample, "--json", **env).stdout.splitlines()]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_explained_is_what_is_normalized(sample):
    given = [[{name: value if name == "extra" else text_of(value) for name, value in record.items()} for record in message]
             for message in records_of(sample)]
    mine = [records_explained(message) for message in explained(sample)]
    assert [message for message in mine if message] == given


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sample_says_where_node_time_and_dialect_come_from(sample):
    for told in explained(sample):
        for found, _, leaves in samples_of(told):
            assert found["dialect"] == sample.parent.name or found["wrappers"] > 0
            assert found["because"]
            assert leaves["time"].get("origin"), leaves["time"]
            if "node" in leaves:
                assert leaves["node"].get("origin"), leaves["node"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_rejects_what_normalize_rejects_and_ends_the_same_way(sample):
    normalized, told = ntsp("normalize", sample), explained(sample)
    failures = [json.loads(line)["message"] for line in normalized.stderr.splitlines()]
    mine = [found for message in told for found in
            [message.get("whole_rejected"), *message["rejected"]]
            + [why for o in message["objects"] for why in o["rejected"]]
            + [element.get("rejected") for o in message["objects"] for element in o["elements"]] if found]
    assert sorted(failures) == sorted(why["message"] for why in mine)
    text = ntsp("explain", sample)
    assert text.returncode == normalized.returncode and text.stderr == b""
    assert text.stdout.count(b"rejected   ") == len(failures)


def test_settings_take_part_and_are_named(tmp_path):
    sample, mapping = tmp_path / "one.json", tmp_path / "own.map"
    sample.write_text('{"path":".node.acme.port","entries":[{"keys":{"node_name":"n"},'
                      '"fields":{"id":"p1","link":"UP","hue":"red"}}]}')
    mapping.write_text("/acme/port id interface.interface_name\n/acme/port link interface.oper_status\n")
    assert b"other-subsystem" in ntsp("explain", sample).stdout
    told = ntsp("explain", sample, NTSP_MAPPING_FILE=str(mapping), EXTRA_FIELDS="drop", NODE_RECORDS="facts").stdout.decode()
    assert told.startswith(f"EXTRA_FIELDS=drop\nNODE_RECORDS=facts\nNTSP_MAPPING_FILE={mapping}: 2 lines before ntsp's own\n")
    assert "interface.oper_status = up" in told and "EXTRA_FIELDS=drop\n" in told.split("hue", 1)[1]
    assert "1 node record left out" in told and "record 0   interface p1" in told


def test_a_file_of_several_messages_says_which(tmp_path):
    sample = tmp_path / "three.json"
    sample.write_text('{"sync-response":true}\n[{"sync-response":true},{"event_type":"log_init"}]\n{"a":')
    ended = ntsp("explain", sample)
    assert ended.returncode == 1
    assert [line for line in ended.stdout.decode().splitlines() if line.startswith("message ")] == [
        "message 1 of 3: 22 bytes", "message 2 of 3: 50 bytes", "message 3 of 3: 5 bytes"]


def test_a_compressed_file_is_one_message(tmp_path):
    sample = tmp_path / "packed.json.gz"
    sample.write_bytes(gzip.compress(SAMPLES[0].read_bytes() * 3))
    plain, packed = ntsp("normalize", SAMPLES[0]), ntsp("normalize", sample)
    assert packed.returncode == plain.returncode and len(packed.stdout.splitlines()) >= len(plain.stdout.splitlines())
    assert b"bytes of gzip, unpacked" in ntsp("explain", sample).stdout


@pytest.mark.parametrize("args,why", [(["no-such-file"], "cannot read no-such-file"), (["/"], "it is a directory"),
                                      (["--received-at", "noon", "x"], "must be a time"), (["/dev/null"], "holds no message"),
                                      (["a", "b"], "not expected")])
def test_wrong_arguments_end_with_2_and_say_why(args, why):
    ended = subprocess.run([BINARY, "explain", *args], capture_output=True, text=True, timeout=30)
    assert ended.returncode == 2 and why in ended.stderr and ended.stdout == ""
