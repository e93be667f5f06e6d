"""What happens when the broker deletes messages before ntsp has read them: counted, told, and gone on."""

from confluent_kafka import TopicPartition

from tests.support.cloud import FaultProxy
from tests.support.load import Load, assert_published_once, send_all, wait_archived, wait_published
from tests.support.parquet import check_archive, files_of
from tests.support.service import wait_for
from tests.support.topics import committed, ends, read_tables


def delete_before(broker, topic: str, partition: int, offset: int) -> None:
    admin = broker.admin()  # the futures end with it
    for future in admin.delete_records([TopicPartition(topic, partition, offset)]).values():
        future.result(30)


def alerts(job, kind: str) -> list[dict]:
    return [line for line in job.logs() if line["event"] == "alert" and line["kind"] == kind]


def test_raw_messages_that_are_gone_are_counted_and_told_and_the_others_are_published_once(service, broker):
    job = service(2, NORMALIZE_WORKERS="1")
    first = job.start("one", "--stage", "normalize").wait_ready()
    sent = list(send_all(job, 100))
    wait_published(job)
    assert first.terminate() == 0
    position = committed(broker.bootstrap, job.group, job.raw)[0][0]
    sent += send_all(job, 300, seed=2)
    low = position + 31
    assert low < ends(broker.bootstrap, job.raw)[0], "the partition has too few messages for this test"
    delete_before(broker, job.raw, 0, low)

    second = job.start("one", "--stage", "normalize").wait_ready()
    wait_published(job)
    lost = [place for place, _ in sent if place.partition == 0 and position <= place.offset < low]
    assert len(lost) == 31
    assert_published_once(job, [(place, made) for place, made in sent if place not in lost])
    assert second.metric("ntsp_publish_lost_offsets_total") == 31
    told = alerts(job, "publish-offsets-lost")
    assert len(told) == 1 and f"31 offsets were deleted from {job.raw}/0" in str(told[0]), told
    assert second.running()


def test_a_raw_log_that_is_cut_while_it_is_read_is_gone_on_with(service, broker):
    """The client is told in the middle of its work, with other partitions in an open batch."""
    job = service(3)
    process = job.start("one", "--stage", "normalize").wait_ready()
    with Load(job, rate=300) as load:
        wait_for(lambda: len(load.sent) > 300, 60)
        for _ in range(3):
            for partition, end in ends(broker.bootstrap, job.raw).items():
                delete_before(broker, job.raw, partition, end)
    wait_published(job)
    assert process.running()
    published = process.metric("ntsp_publish_messages_total")
    assert published + process.metric("ntsp_publish_lost_offsets_total") == len(load.sent)


def test_table_messages_that_are_gone_are_counted_and_told_and_the_others_are_archived_once(service, cloud, bucket, broker):
    job = service(2, **bucket)
    job.start("normalizer", "--stage", "normalize").wait_ready()
    archiver = job.start("archiver", "--stage", "archive").wait_ready()
    send_all(job, 100)
    wait_published(job)
    wait_archived(job)
    assert archiver.terminate() == 0
    topic = job.tables["interface"]
    position = committed(broker.bootstrap, f"{job.group}-archive", topic)[0][0]
    send_all(job, 200, seed=2)
    wait_published(job)
    tables = read_tables(broker.bootstrap, job.tables)
    low = position + 20
    assert low < ends(broker.bootstrap, topic)[0], "the partition has too few messages for this test"
    delete_before(broker, topic, 0, low)

    archiver = job.start("archiver", "--stage", "archive").wait_ready()
    wait_archived(job)
    tables["interface"] = [m for m in tables["interface"] if m.partition() != 0 or not position <= m.offset() < low]
    findings = check_archive(files_of(cloud.objects(bucket["AWS_S3_BUCKET"])), tables)
    gaps, findings.foreign = findings.foreign, []
    assert findings.expected > 0 and findings, str(findings)
    assert [(partition, b[0] - a[1]) for partition, a, b in gaps] == [((topic, 0), 20)], "the objects show the gap, no other"
    assert archiver.metric("ntsp_archive_lost_offsets_total") == 20
    told = alerts(job, "archive-offsets-lost")
    assert len(told) == 1 and f"20 offsets were deleted from {topic}/0" in str(told[0]), told


def test_an_archive_that_is_far_behind_warns_before_the_broker_deletes(service, cloud, bucket, broker):
    proxy = FaultProxy(cloud.port)
    try:
        job = service(1, **bucket | {"AWS_ENDPOINT_URL": proxy.endpoint})
        broker.create_topics(1, *job.tables.values(), config={"retention.ms": "20000"})
        proxy.set("error")
        process = job.start().wait_ready()
        send_all(job, 30)
        wait_for(lambda: alerts(job, "retention-risk"), 60, lambda: process.get("/metrics")[1])
        told = alerts(job, "retention-risk")[0]
        assert "archive" in str(told) and "% of the 0.00556 hours" in str(told), told
        assert process.metric("ntsp_archive_retention_used_ratio") > 0.5
        assert process.get("/livez")[0] == 200 and process.metric("ntsp_archive_rejoins_total") == 0
        proxy.set("pass")
        wait_archived(job)
        wait_for(lambda: process.metric("ntsp_archive_retention_used_ratio") == 0, 30)
        assert process.metric("ntsp_publish_retention_used_ratio") == 0
    finally:
        proxy.close()
