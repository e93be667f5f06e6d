"""Nothing lost and nothing twice, whatever happens to the broker, to S3 or to a process's clock."""

import signal
import time

import pytest

from tests.chaos.clock import Clocks
from tests.support.broker import Broker
from tests.support.cloud import FaultProxy
from tests.support.load import (Load, assert_all_once, assert_archived_once, assert_published_once, send_all,
                                wait_published)
from tests.support.service import Service, wait_for
from tests.support.topics import committed, read_all, read_tables


@pytest.fixture
def proxy(cloud):
    proxy = FaultProxy(cloud.port)
    yield proxy
    proxy.close()


@pytest.mark.parametrize("hard", [False, True], ids=["restart", "kill"])
def test_a_broker_restart_under_load_is_survived_without_help(tmp_path, cloud, bucket, hard):
    broker = Broker()
    job = Service(broker, "broker-restart", tmp_path, 4, **bucket)
    try:
        process = job.start().wait_ready()
        with Load(job, rate=200) as load:
            time.sleep(2)
            broker.stop(hard=hard)
            time.sleep(1)
            assert process.get("/livez")[0] == 200
            broker.start()
            time.sleep(3)
        assert_all_once(job, cloud, bucket, load.sent)
        assert process.running()
    finally:
        job.kill_all()
        broker.close()


@pytest.mark.parametrize("mode,status", [("error", 500), ("error", 503), ("hang", 0), ("away", 0)])
def test_s3_trouble_never_touches_the_topics_and_is_caught_up_once(service, cloud, bucket, proxy, mode, status):
    job = service(4, **bucket, AWS_ENDPOINT_URL_S3=proxy.endpoint)
    process = job.start().wait_ready()
    with Load(job, rate=200) as load:
        time.sleep(2)
        proxy.set(mode, status)
        time.sleep(20 if mode == "away" else 8)
        before = len(load.sent)
        # what was sent during the trouble is published during the trouble
        wait_for(lambda: len(read_all(job.broker.bootstrap, job.tables["node"])) >= before * 0.6, 10)
        assert process.get("/readyz")[0] == 200
        proxy.set("pass")
        time.sleep(2)
    assert_all_once(job, cloud, bucket, load.sent)


def test_sigterm_commits_everything_and_the_next_start_has_nothing_to_redo(service, cloud, bucket):
    job = service(4, **bucket | {"ARCHIVE_MAX_AGE_S": "300"})
    process = job.start().wait_ready()
    sent = send_all(job, 3_000)
    wait_published(job)
    published = sum(map(len, read_tables(job.broker.bootstrap, job.tables).values()))
    wait_for(lambda: process.metric("ntsp_archive_messages_total") >= published, 60,
             lambda: f'{process.metric("ntsp_archive_messages_total")} of {published}')
    # windows are open now: no age nor size closes them, only the end does
    assert process.terminate() == 0
    tables = assert_published_once(job, sent)
    files = assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], tables)
    for topic in job.tables.values():
        assert not any(metadata for _, metadata in committed(job.broker.bootstrap, f"{job.group}-archive", topic).values())

    job.start().wait_ready()
    time.sleep(3)
    assert job.processes[-1].metric("ntsp_publish_batches_committed_total") == 0
    assert job.processes[-1].terminate() == 0
    assert len(cloud.objects(bucket["AWS_S3_BUCKET"])) == len(files)


def test_sigterm_under_load_ends_in_time_with_exit_code_0(service, cloud, bucket):
    job = service(4, **bucket)
    with Load(job, rate=500) as load:
        process = job.start().wait_ready()
        time.sleep(3)
        assert process.terminate(timeout=20) == 0
        job.start().wait_ready()
    assert_all_once(job, cloud, bucket, load.sent)


def test_a_paused_process_that_wakes_after_its_session_repeats_nothing(service, cloud, bucket):
    job = service(4, **bucket)
    with Load(job, rate=300) as load:
        zombie = job.start("one").wait_ready()
        job.start("two").wait_ready()
        time.sleep(2)
        zombie.signal(signal.SIGSTOP)
        time.sleep(6)  # the session ends after 3
        zombie.signal(signal.SIGCONT)
        time.sleep(4)
    assert_all_once(job, cloud, bucket, load.sent)


def test_messages_are_not_blamed_for_a_wrong_clock_and_are_published_once_when_it_is_right(service, tmp_path):
    job, clocks = service(2), Clocks(tmp_path)
    job.broker.create_topics(2, *job.tables.values(), config={"message.timestamp.type": "CreateTime"})
    process = job.start(**clocks.environment("one")).wait_ready()
    clocks.set("one", 2 * 3600)  # a broker takes messages from up to an hour in the future
    sent = send_all(job, 200)
    wait_for(lambda: any(e["event"] == "batch-aborted" and "clock" in e["message"] for e in job.logs()), 60,
             lambda: process.log.read_text()[-2000:])
    time.sleep(3)  # as many tries as make a message suspect of being refused for its content
    clocks.set("one", 0)
    wait_published(job)
    assert_published_once(job, sent)


def test_two_processes_with_one_instance_id_are_told_apart(service):
    job = service(2)
    first = job.start("same").wait_ready()
    job.start("same").wait_ready()
    sent = send_all(job, 200)
    wait_for(lambda: first.returncode() is not None, 60)
    assert first.returncode() == 1 and "INSTANCE_ID" in first.log.read_text()
    wait_published(job)
    assert_published_once(job, sent)
