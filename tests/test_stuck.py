"""A partition that stands still for no reason that anybody could see is read on by a fresh client."""

import os
import signal
import time

from tests.support.freeze import frozen, threads
from tests.support.load import Load, assert_published_once, wait_published
from tests.support.service import wait_for


def test_a_client_that_hangs_in_itself_is_replaced_by_a_fresh_one(service):
    job = service(2, STUCK_AFTER_S="10")
    process = job.start("one", "--stage", "normalize").wait_ready()
    with Load(job, rate=50) as load:
        wait_for(lambda: process.metric("ntsp_publish_messages_total") > 50, 60)
        # The consumer is made before the producer. Without this thread it sends no heartbeats and obeys nobody.
        consumer, _ = [thread for thread, name in threads(process.pid) if name == "rdk:main"]
        with frozen(consumer):
            wait_for(lambda: process.running() and process.metric("ntsp_publish_rejoins_total") >= 1, 120,
                     lambda: process.log.read_text()[-3000:])
            stopped = process.metric("ntsp_publish_messages_total")
            wait_for(lambda: process.running() and process.metric("ntsp_publish_messages_total") > stopped + 100, 120,
                     lambda: process.log.read_text()[-3000:])
        assert process.get("/livez")[0] == 200
    wait_published(job)
    assert_published_once(job, load.sent)
    stuck = [line for line in process.lines() if line["event"] == "partition-stuck"]
    assert stuck[0]["partition"].startswith(f"{job.raw}/")


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
