"""Temporary keys that expire while ntsp runs: uploads and alerts go on with new ones."""

import os
import time

import pytest

from tests.support.load import Load, assert_all_once
from tests.support.role import Role, SignatureWatch
from tests.support.service import wait_for

LONG = pytest.mark.skipif("NTSP_LONG_TESTS" not in os.environ, reason="takes minutes: NTSP_LONG_TESTS=1 runs it")


# The SDK asks for new keys when the old ones have 5 seconds left.
@pytest.mark.parametrize("seconds", [8, pytest.param(60, marks=LONG)])
def test_uploads_and_alerts_go_on_when_the_keys_of_a_role_expire(service, cloud, seconds):
    role, watch = Role(seconds), SignatureWatch(cloud.port)
    bucket = {"AWS_S3_BUCKET": cloud.bucket(), "AWS_ENDPOINT_URL": watch.endpoint, "ARCHIVE_MAX_AGE_S": "1"}
    topic = cloud.alert_topic()
    try:
        job = service(1, **bucket | role.settings, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="1", ALERT_MAX_PER_HOUR="0")
        process = job.start().wait_ready()
        with Load(job, rate=50) as load:
            began = time.time()
            used = lambda name: {key for _, key, service in list(watch.signed) if service == name}  # noqa: E731
            wait_for(lambda: process.running() and len(used("s3")) >= 3 and len(used("sns")) >= 3, 4 * seconds + 60,
                     lambda: f"{role.given}\n{watch.signed[-5:]}")
        assert time.time() - began > 2 * (seconds - 6), "the first keys were still good: nothing was proven"
        assert_all_once(job, cloud, bucket, load.sent)
        late = [(at, key, name) for at, key, name in watch.signed if at > role.given[key] + 1]
        assert not late, "signed with keys that had expired"
        assert process.metric("ntsp_archive_store_failures_total") == 0
        assert process.metric("ntsp_alert_delivery_failures_total") == 0
        assert topic.received()
    finally:
        watch.close()
        role.close()
