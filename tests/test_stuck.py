"""Never stuck: a client that hangs in itself ends the process, a broker that hangs does not."""

import os
import signal
import time

from tests.support.freeze import frozen, threads
from tests.support.load import Load, assert_published_once, wait_published
from tests.support.service import wait_for


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
