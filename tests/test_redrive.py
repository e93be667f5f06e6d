"""`ntsp redrive`: dead letters go back to the raw topic, each at most once, and nothing is lost on the way."""

import collections
import re
import subprocess
import time

import pytest
from confluent_kafka import Producer

from tests.support.service import BINARY, clean_environment
from tests.support.topics import committed, read_all

GOOD = (b'{"path":".node.srl.interface","entries":[{"keys":{"node_name":"leaf1","interface_name":"e1"},'
        b'"fields":{"mtu":1500}}]}')


def letters(job, broker, count: int, kind: str = "unknown-dialect", partition: int = 0, value: bytes = GOOD, **more) -> None:
    """Dead letters as ntsp writes them (docs/operations.md), numbered by their key."""
    producer = Producer({"bootstrap.servers": broker.bootstrap, "linger.ms": 5, "log_level": 0})
    for i in range(count):
        headers = {"ntsp.error.kind": kind, "ntsp.error.message": "nobody knows this", "ntsp.source.topic": job.raw,
                   "ntsp.source.partition": "1", "ntsp.source.offset": str(1000 + i), "ntsp.source.timestamp": "1",
                   "sender": "collector"} | more
        while True:
            try:
                producer.produce(job.dead, value, f"{kind}-{i}", partition=partition, headers=list(headers.items()))
                break
            except BufferError:
                producer.poll(0.1)
    assert producer.flush(60) == 0


@pytest.fixture
def job(service, broker):
    job = service(2)
    broker.create_topics(2, job.dead)
    return job


def keys(broker, topic: str, isolation: str = "read_committed") -> collections.Counter:
    return collections.Counter(m.key().decode() for m in read_all(broker.bootstrap, topic, isolation))


def test_letters_go_back_as_they_were_and_a_second_call_has_nothing_to_do(job, broker):
    letters(job, broker, 300, partition=0)
    letters(job, broker, 200, kind="missing-node", partition=1)
    ended = job.command("redrive")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "500 dead letters are back" in ended.stdout
    back = read_all(broker.bootstrap, job.raw)
    assert len(back) == 500 and set(keys(broker, job.raw).values()) == {1}
    for message in back[:20]:
        headers = dict(message.headers())
        assert message.value() == GOOD and headers.keys() == {"sender", "ntsp.redrive.from", "ntsp.redrive.origin"}
        assert re.fullmatch(rf"{job.dead}/[01]/\d+", headers["ntsp.redrive.from"].decode())
        assert headers["ntsp.redrive.origin"].decode().startswith(f"{job.raw}/1/1")
    again = job.command("redrive")
    assert again.returncode == 0 and "0 dead letters are back" in again.stdout
    assert len(read_all(broker.bootstrap, job.raw)) == 500


def test_selected_kinds_go_first_and_the_rest_by_a_later_call(job, broker):
    for _ in range(3):
        letters(job, broker, 10, kind="missing-node")
        letters(job, broker, 10, kind="unknown-dialect")
    assert "30 dead letters are back" in job.command("redrive", "--kind", "missing-node").stdout
    assert "0 dead letters are back" in job.command("redrive", "--kind", "missing-node").stdout
    assert "30 dead letters are back" in job.command("redrive").stdout
    assert "0 dead letters are back" in job.command("redrive").stdout
    assert set(keys(broker, job.raw).values()) == {3}
    assert "60 dead letters are back" in job.command("redrive", "--from-start").stdout


def test_times_and_places_select(job, broker):
    letters(job, broker, 5)
    time.sleep(1.1)
    middle = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    time.sleep(1.1)
    letters(job, broker, 7)
    assert "1 dead letters are back" in job.command("redrive", "--partition", "0", "--offset", "3").stdout
    assert "7 dead letters are back" in job.command("redrive", "--since", middle).stdout
    assert "4 dead letters are back" in job.command("redrive", "--until", middle).stdout
    assert "0 dead letters are back" in job.command("redrive").stdout


def test_a_dry_run_tells_and_changes_nothing(job, broker):
    letters(job, broker, 40, kind="missing-node")
    ended = job.command("redrive", "--dry-run", "--examples", "2")
    assert ended.returncode == 0, ended.stderr
    assert "missing-node" in ended.stdout and "40 would be put back" in ended.stdout
    assert ended.stdout.count("nobody knows this") == 2 and f"{job.raw}/1/1000" in ended.stdout
    assert read_all(broker.bootstrap, job.raw) == []
    assert "40 dead letters are back" in job.command("redrive").stdout


def test_a_cut_letter_is_refused_with_the_place_of_the_whole(job, broker):
    letters(job, broker, 1, **{"ntsp.truncated": "9000000"})
    ended = job.command("redrive")
    assert ended.returncode == 1
    assert "9000000 bytes" in ended.stdout and f"{job.raw}/1/1000" in ended.stdout
    assert read_all(broker.bootstrap, job.raw) == []


def test_killed_at_any_moment_no_letter_is_lost_or_put_back_twice(job, broker):
    letters(job, broker, 20_000, partition=0)
    letters(job, broker, 20_000, kind="missing-node", partition=1)
    killed = 0
    for pause in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2):
        running = subprocess.Popen([BINARY, "redrive", "--rate", "15000"], stdout=subprocess.DEVNULL, cwd=job.folder,
                                   env=clean_environment() | job._settings)
        time.sleep(pause)
        killed += running.poll() is None
        running.kill()
        running.wait()
    ended = job.command("redrive")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    back = keys(broker, job.raw)
    assert killed > 3 and len(back) == 40_000 and set(back.values()) == {1}


def test_of_two_at_once_each_letter_is_put_back_by_one(job, broker):
    letters(job, broker, 3000)
    first = subprocess.Popen([BINARY, "redrive", "--rate", "300"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             cwd=job.folder, env=clean_environment() | job._settings)
    time.sleep(3)
    second = job.command("redrive")
    assert second.returncode == 0, second.stderr
    _, said = first.communicate(timeout=60)
    assert first.returncode == 1 and "Another redrive" in said
    assert set(keys(broker, job.raw).values()) == {1} and len(keys(broker, job.raw)) == 3000


def test_what_is_put_back_is_normalized_and_fails_no_more(job, broker):
    """The whole way round: a message that fails, is put back after it was mended by hand, and becomes records."""
    process = job.start().wait_ready()
    letters(job, broker, 3)
    assert job.command("redrive").returncode == 0
    deadline = time.time() + 30
    while len(read_all(broker.bootstrap, job.tables["interface"])) < 3:
        assert time.time() < deadline and process.running()
        time.sleep(0.2)
    assert len(read_all(broker.bootstrap, job.dead)) == 3


def test_progress_is_kept_in_kafka(job, broker):
    letters(job, broker, 10, kind="missing-node")
    letters(job, broker, 10, kind="unknown-dialect")
    assert job.command("redrive", "--kind", "unknown-dialect").returncode == 0
    offset, text = committed(broker.bootstrap, f"{job.group}-redrive", job.dead)[0]
    assert offset == 0 and text == "ntsp-redrive1;unknown-dialect=0-20"


def test_wrong_arguments_are_named(job):
    for arguments, word in [(["--since", "now"], "--since now"), (["--offset", "1"], "--offset"),
                            (["--partition", "9", "--dry-run"], "--partition 9")]:
        ended = job.command("redrive", *arguments)
        assert ended.returncode in (1, 2) and word in ended.stderr, ended.stderr
