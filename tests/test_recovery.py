"""What Kafka forgets, the archive finds again from the names of its objects: nothing twice, nothing left out."""

import collections
import time

import pytest
from confluent_kafka import KafkaException

from tests.support.load import Load, assert_all_once, send_all, wait_published
from tests.support.oracle import rows_of
from tests.support.service import wait_for
from tests.support.topics import committed, read_tables


def forget_group(broker, group: str) -> None:
    """As the broker does by itself when a group was empty for offsets.retention.minutes."""
    admin, deadline = broker.admin(), time.time() + 30
    while True:
        try:
            admin.delete_consumer_groups([group])[group].result(10)
            return
        except KafkaException as error:  # its last member is not gone yet
            assert time.time() < deadline, error
            time.sleep(0.5)


@pytest.mark.parametrize("end", ["terminated", "killed", "after_plan", "after_upload", "after_done"])
def test_deleted_positions_of_the_archive_are_found_from_the_objects(service, cloud, bucket, broker, end):
    job = service(3, **bucket)
    job.start("normalizer", "--stage", "normalize").wait_ready()
    crash = {"NTSP_CRASH_AT": f"{end}:12"} if end.startswith("after") else {}
    archiver = job.start("archiver", "--stage", "archive", **crash)
    with Load(job, rate=200) as load:
        if crash:
            wait_for(lambda: archiver.returncode() is not None, 60, lambda: f"it never came to {end}")
        else:
            wait_for(lambda: archiver.running() and len(cloud.objects(bucket["AWS_S3_BUCKET"])) > 25, 60)
            archiver.terminate() if end == "terminated" else archiver.kill()
        forget_group(broker, f"{job.group}-archive")
        assert all(offset < 0 for t in job.tables.values()
                   for offset, _ in committed(broker.bootstrap, f"{job.group}-archive", t).values())
        job.start("archiver", "--stage", "archive").wait_ready()
        time.sleep(3)
    assert_all_once(job, cloud, bucket, load.sent)
    assert any(line["event"] == "archive-position-found" for line in job.logs()), "nothing was found: it proved nothing"
    ended = job.command("verify")
    assert ended.returncode == 0, ended.stdout


def test_a_deleted_position_of_stage_1_publishes_again_what_is_there_under_the_same_identity(service, broker):
    """No object tells where it was, so this is repeated, not lost; (batch_id, record_index) shows the copies."""
    job = service(1)
    first = job.start().wait_ready()
    sent = send_all(job, 50)
    wait_published(job)
    before = rows(job)
    assert first.terminate() == 0
    forget_group(broker, job.group)
    job.start("two").wait_ready()
    wait_published(job)
    assert rows(job) == {identity: 2 * count for identity, count in before.items()} and len(sent) == 50


def rows(job) -> collections.Counter:
    tables = read_tables(job.broker.bootstrap, job.tables)
    return collections.Counter((table, row["batch_id"], row["record_index"]) for table, messages in tables.items()
                               for message in messages for row in rows_of(message.value()))
