"""The whole job on real components: network-data to three tables, Parquet on S3, dead letters, alerts."""

import json

import pytest

from tests.support.facts import Fabric
from tests.support.load import (assert_archived_once, assert_published_once, send_all, wait_archived, wait_published)
from tests.support.topics import Sender, read_all


def test_a_mixed_load_is_published_archived_dead_lettered_and_alerted_once(service, cloud, bucket):
    alerts = cloud.alert_topic()
    job = service(4, **bucket, AWS_SNS_TOPIC_ARN=alerts.arn, ALERT_WINDOW_S="10", NORMALIZE_WORKERS="2")
    process = job.start().wait_ready()
    sent = send_all(job, 20_000)
    wait_published(job)
    wait_archived(job)

    tables = assert_published_once(job, sent)
    files = assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], tables)
    assert {f.table for f in files} == {"node", "interface", "address"}
    assert process.terminate() == 0

    received = alerts.received()
    assert 1 <= len(received) <= 10, [r["body"] for r in received]
    first = received[0]
    assert first["body"]["kind"] == "dead-letter" and first["body"]["sample"]
    assert first["MessageAttributes"]["kind"]["Value"] == "dead-letter"
    assert "severity" in first["MessageAttributes"] and first["Subject"]


def test_the_archive_says_in_each_file_where_its_rows_came_from(service, cloud, bucket):
    job = service(2, **bucket)
    job.start().wait_ready()
    sent = send_all(job, 300)
    wait_published(job)
    wait_archived(job)
    files = assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], assert_published_once(job, sent))
    for file in files:
        assert file.key.startswith(f"processed/{file.table}/")
        assert file.metadata["ntsp.topic"] == job.tables[file.table]
        assert (int(file.metadata["ntsp.start_offset"]), int(file.metadata["ntsp.end_offset"])) == (file.start, file.end)
        column = file.parquet.metadata.row_group(0).column(4)
        assert column.path_in_schema == "node_name" and column.compression == "ZSTD" and column.is_stats_set
        assert column.has_column_index and column.has_offset_index


@pytest.mark.parametrize("framing", ["array", "lines", "record"])
def test_every_framing_holds_the_same_records_and_is_archived(service, cloud, bucket, framing):
    job = service(2, **bucket, KAFKA_OUTPUT_FRAMING=framing)
    job.start().wait_ready()
    sent = send_all(job, 500)
    wait_published(job)
    wait_archived(job)
    tables = assert_published_once(job, sent)
    values = [m.value() for messages in tables.values() for m in messages]
    if framing == "array":
        assert all(v.startswith(b"[") for v in values)
    else:
        assert all(v.startswith(b"{") for v in values)
    assert max(len(v.splitlines()) for v in values) == 1 or framing == "lines"
    assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], tables)


def test_a_directory_serves_as_archive(service, tmp_path):
    from tests.support.parquet import check_archive, files_of
    job = service(2, ARCHIVE_URI=f"file://{tmp_path}/archive", ARCHIVE_MAX_AGE_S="1")
    job.start().wait_ready()
    sent = send_all(job, 300)
    wait_published(job)
    wait_archived(job)
    root = tmp_path / "archive"
    files = files_of({str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*.parquet")})
    findings = check_archive(files, assert_published_once(job, sent))
    assert findings.expected > 0 and findings, str(findings)


def test_at_least_once_delivers_everything(service):
    job = service(2, DELIVERY="at-least-once")
    job.start().wait_ready()
    sent = send_all(job, 1_000)
    wait_published(job)
    assert_published_once(job, sent)  # nothing failed meanwhile, so nothing came twice either


def test_a_nodes_records_stay_in_order_in_one_partition(service):
    job = service(4)
    job.start().wait_ready()
    sender, fabric = Sender(job.broker.bootstrap, job.raw), Fabric(7, nodes=3)
    for _ in range(600):
        sender.send(fabric.eda())
    sender.flush()
    wait_published(job)
    partitions, offsets = {}, {}
    for message in read_all(job.broker.bootstrap, job.tables["interface"]):
        assert partitions.setdefault(message.key(), message.partition()) == message.partition()
        for row in json.loads(message.value()):
            assert offsets.get(message.key(), "") <= row["received_at"]
            offsets[message.key()] = row["received_at"]
    assert len(partitions) == 3


def test_missing_topics_are_made_like_the_raw_topic(service):
    from confluent_kafka.admin import ConfigResource
    job = service(3)
    job.start().wait_ready()
    admin = job.broker.admin()
    topics = admin.list_topics(timeout=10).topics
    for name in [*job.tables.values(), job.dead]:
        assert len(topics[name].partitions) == 3
        resource = ConfigResource(ConfigResource.Type.TOPIC, name)
        config = admin.describe_configs([resource])[resource].result(10)
        assert config["retention.ms"].value == str(7 * 24 * 3600 * 1000)
        assert config["cleanup.policy"].value == "delete"


def test_without_the_raw_topic_it_waits_says_so_and_is_not_ready(service):
    from tests.support.service import wait_for
    job = service(0)
    process = job.start()
    wait_for(lambda: process.running() and process.get("/readyz")[0] == 503, 30)
    wait_for(lambda: job.raw in process.get("/readyz")[1], 30, lambda: process.get("/readyz")[1])
    assert process.get("/readyz")[0] == 503 and process.get("/livez")[0] == 200
    job.broker.create_topics(2, job.raw)
    process.wait_ready()
    sent = send_all(job, 50)
    wait_published(job)
    assert_published_once(job, sent)


def test_with_topic_creation_off_a_missing_topic_is_named(service):
    job = service(2, KAFKA_CREATE_TOPICS="false")
    process = job.start()
    from tests.support.service import wait_for
    wait_for(lambda: job.tables["node"] in process.log.read_text() and "KAFKA_CREATE_TOPICS" in process.log.read_text(), 30)


def test_the_stages_run_as_two_processes(service, cloud, bucket):
    job = service(2, **bucket)
    job.start("first", "--stage", "normalize").wait_ready()
    sent = send_all(job, 300)
    wait_published(job)
    job.start("second", "--stage", "archive").wait_ready()
    wait_archived(job)
    assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], assert_published_once(job, sent))
