"""Never stuck: a client that hangs in itself ends the process, a broker that hangs does not."""

import os
import signal
import time

import pytest

from tests.support.broker import Broker
from tests.support.freeze import frozen, threads
from tests.support.kafka_proxy import END_TXN, FETCH, TXN_OFFSET_COMMIT, KafkaProxy
from tests.support.load import Load, assert_all_once, assert_published_once, wait_published
from tests.support.ports import free_port
from tests.support.service import Service, wait_for


def test_a_client_that_hangs_in_itself_ends_the_process_and_the_next_start_goes_on(service):
    job = service(2)
    process = job.start("one", "--stage", "normalize").wait_ready()
    with Load(job, rate=50) as load:
        wait_for(lambda: process.metric("ntsp_publish_messages_total") > 50, 60)
        # The consumer is made before the producer. Without this thread it sends no heartbeats and obeys nobody.
        # Before it comes the client that asks whether brokers answer.
        _, consumer, _ = [thread for thread, name in threads(process.pid) if name == "rdk:main"]
        with frozen(consumer):
            wait_for(lambda: '"event":"watchdog"' in process.log.read_text(), 120, lambda: process.log.read_text()[-3000:])
            time.sleep(5)  # its last alerts
    wait_for(lambda: process.returncode() is not None, 30)
    assert process.returncode() == 70
    job.start("one", "--stage", "normalize").wait_ready()
    wait_published(job)
    assert_published_once(job, load.sent)


def test_a_broker_that_answers_nothing_for_longer_than_a_partition_may_stand_still_is_waited_for(service, broker):
    job = service(2, STUCK_AFTER_S="10")
    process = job.start("one", "--stage", "normalize").wait_ready()
    with Load(job, rate=50) as load:
        wait_for(lambda: process.metric("ntsp_publish_messages_total") > 50, 60)
    os.kill(broker.pid, signal.SIGSTOP)
    try:
        time.sleep(35)  # more than three times as long
        assert process.running() and process.get("/livez")[0] == 200
        assert process.metric("ntsp_publish_rejoins_total") == 0
    finally:
        os.kill(broker.pid, signal.SIGCONT)
    wait_for(lambda: process.running() and process.metric("ntsp_publish_messages_total") >= len(load.sent), 120)
    wait_published(job)
    assert_published_once(job, load.sent)
    assert process.running()


@pytest.fixture(scope="module")
def crooked():
    """A broker, and a way to it on which kinds of requests can get lost."""
    proxy = KafkaProxy()
    proxy.target_port = free_port()
    broker = Broker(extra_listeners=[("CROOKED", "PLAINTEXT", proxy.target_port)], told={"CROOKED": proxy.bootstrap})
    yield broker, proxy
    broker.close()
    proxy.close()


@pytest.mark.parametrize("stage", ["normalize", "archive"])
def test_a_partition_that_gets_nothing_though_brokers_answer_rejoins_then_fails_livez_then_exits_70(
        crooked, tmp_path, cloud, bucket, stage):
    broker, proxy = crooked
    job = Service(broker, f"stuck-{stage}", tmp_path, 2, **bucket, STUCK_AFTER_S="10")
    by_proxy = {"KAFKA_BOOTSTRAP_SERVERS": proxy.bootstrap}
    try:
        processes = {each: job.start("one", "--stage", each, **(by_proxy if each == stage else {})).wait_ready()
                     for each in ("normalize", "archive")}  # in this order: the first makes the second's topics
        stuck = processes.pop(stage)
        metric = "ntsp_publish_messages_total" if stage == "normalize" else "ntsp_archive_messages_total"
        with Load(job, rate=50) as load:
            wait_for(lambda: stuck.metric(metric) > 50, 60)
            proxy.silent = frozenset({FETCH})
            time.sleep(2)  # what comes now is not fetched any more
            assert stuck.get("/livez")[0] == 200
        livez = wait_for_dead(stuck)
        assert proxy.dropped > 0
        said = {line["event"]: line for line in stuck.lines()}
        rejoined, ended = said["partition-stuck"], said["stuck"]
        topics = [job.raw] if stage == "normalize" else job.tables.values()
        for text in (rejoined["partition"], livez, ended["health"]):
            assert any(topic in text for topic in topics), text
        assert f"stage {stage}" in livez and "did not help" in livez
        assert all(other.running() for other in processes.values())
        proxy.silent = frozenset()
        job.start("one", "--stage", stage, **by_proxy).wait_ready()
        assert_all_once(job, cloud, bucket, load.sent)
    finally:
        proxy.silent = frozenset()
        job.kill_all()


@pytest.mark.parametrize("request_kind", [TXN_OFFSET_COMMIT, END_TXN], ids=["offsets", "end"])
def test_a_commit_that_gets_no_answer_is_given_up_and_its_batch_is_published_once(crooked, tmp_path, request_kind):
    broker, proxy = crooked
    job = Service(broker, f"silent-{request_kind}", tmp_path, 2, KAFKA_BOOTSTRAP_SERVERS=proxy.bootstrap)
    try:
        process = job.start("one", "--stage", "normalize").wait_ready()
        with Load(job, rate=50) as load:
            wait_for(lambda: process.metric("ntsp_publish_messages_total") > 50, 60)
            proxy.silent = frozenset({request_kind})
            wait_for(lambda: process.running() and any(e["event"] == "batch-aborted" for e in process.lines()), 120,
                     lambda: process.log.read_text()[-3000:])
            proxy.silent = frozenset()
        wait_published(job)
        assert_published_once(job, load.sent)
        assert process.running() and process.get("/livez")[0] == 200
    finally:
        proxy.silent = frozenset()
        job.kill_all()


def wait_for_dead(process) -> str:
    """Through all rungs, until it has ended with 70; what /livez said before."""
    seen = []

    def dead() -> bool:
        status, body = process.get("/livez")
        if status == 503:
            seen.append(body)
        return process.returncode() is not None

    wait_for(dead, 180, lambda: process.log.read_text()[-3000:])
    assert process.returncode() == 70, process.log.read_text()[-3000:]
    assert seen, "it ended before /livez said why"
    return seen[0]
