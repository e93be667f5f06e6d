"""Nothing lost and nothing twice, in topics and in Parquet, when processes die, join and leave."""

import random
import time

import pytest

from tests.support.load import Load, assert_all_once
from tests.support.service import wait_for
from tests.support.topics import read_all


def test_kill_9_at_random_moments_loses_and_repeats_nothing(service, cloud, bucket):
    # Messages leave as soon as they are produced, long before their transaction ends: else few kills would hit one.
    job = service(4, **bucket, KAFKA_CLIENT_LINGER_MS="5")
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    with Load(job, rate=400) as load:
        for _ in range(12):
            process = job.start()
            # At its start, or at work: that begins when the session of the one before has timed out.
            if dice.random() < 0.6:
                process.wait_ready()
            time.sleep(dice.uniform(0.1, 1.5))
            process.kill()
        job.start().wait_ready()
        time.sleep(1)
    assert_all_once(job, cloud, bucket, load.sent)
    tables = [read_all(job.broker.bootstrap, t, "read_uncommitted") for t in job.tables.values()]
    committed_only = [read_all(job.broker.bootstrap, t) for t in job.tables.values()]
    assert sum(map(len, tables)) > sum(map(len, committed_only)), "no kill hit an open transaction: the test proved nothing"


@pytest.mark.parametrize("point", ["before_plan", "after_plan", "after_upload", "after_done"])
def test_a_crash_at_each_step_of_the_archive_is_redone_once(service, cloud, bucket, point):
    job = service(2, **bucket)
    job.start("normalizer", "--stage", "normalize").wait_ready()
    with Load(job, rate=200) as load:
        for _ in range(3):
            process = job.start("archiver", "--stage", "archive", NTSP_CRASH_AT=f"{point}:2")
            wait_for(lambda p=process: p.returncode() is not None, 60, lambda: f"it never came to {point}")
            assert process.returncode() == 137
        job.start("archiver", "--stage", "archive").wait_ready()
    assert_all_once(job, cloud, bucket, load.sent)


def test_one_process_becomes_four_and_one_again_under_load(service, cloud, bucket):
    job = service(6, **bucket)
    with Load(job, rate=400) as load:
        first = job.start("one").wait_ready()
        time.sleep(2)
        second, third, fourth = (job.start(name).wait_ready() for name in ("two", "three", "four"))
        time.sleep(3)
        assert second.terminate() == 0
        time.sleep(2)
        third.kill()
        time.sleep(1)
        assert fourth.terminate() == 0
        time.sleep(5)
        assert first.running()
    assert_all_once(job, cloud, bucket, load.sent)
    pauses = [line for line in first.lines() if line["event"] == "partition-goes-on"]
    # In the archive's cooperative group a worker goes on with what it keeps.
    for stage, sources, metric in (
            ("normalize", {"this worker", "another"}, "ntsp_publish_longest_rebalance_pause_seconds"),
            ("archive", {"another"}, "ntsp_archive_longest_rebalance_pause_seconds")):
        of_stage = [line for line in pauses if line["stage"] == stage]
        assert {line["came_from"] for line in of_stage} == sources, of_stage
        longest = max(line["pause_seconds"] for line in of_stage)
        print(f"{stage}: longest pause of a partition {longest:.2f} s")
        assert first.metric(metric) >= longest > 0  # the log leaves lines out when there are many
