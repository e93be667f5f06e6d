"""Temporary keys that expire while ntsp runs: uploads and alerts go on with new ones."""

import os
import time

import pytest

from tests.support.load import Load, assert_all_once
from tests.support.role import Role, SignatureWatch, WebIdentity
from tests.support.service import wait_for

LONG = pytest.mark.skipif("NTSP_LONG_TESTS" not in os.environ, reason="takes minutes: NTSP_LONG_TESTS=1 runs it")


# The SDK asks for new keys when the old ones have 5 seconds left.
@pytest.mark.parametrize("seconds", [8, pytest.param(60, marks=LONG)])
def test_uploads_and_alerts_go_on_when_the_keys_of_a_role_expire(service, cloud, seconds):
    goes_on(service, cloud, Role(seconds), 2 * (seconds - 6))


# ntsp asks for new ones after two thirds of so short a life.
@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=LONG)])
def test_uploads_and_alerts_go_on_when_the_keys_of_a_web_identity_expire(service, cloud, tmp_path, seconds):
    role = WebIdentity(cloud, tmp_path, seconds)
    goes_on(service, cloud, role, seconds)
    assert {asked["RoleArn"] for asked in role.asked} == {role.ROLE}
    assert {asked["RoleSessionName"] for asked in role.asked} == {"ntsp-test"}
    assert len({asked["WebIdentityToken"] for asked in role.asked}) > 2, "the file was not read again"


def goes_on(service, cloud, role, least_seconds: float) -> None:
    """Load while keys expire at least twice; it must take `least_seconds` to prove anything."""
    watch = SignatureWatch(cloud.port)
    bucket = {"AWS_S3_BUCKET": cloud.bucket(), "AWS_ENDPOINT_URL": watch.endpoint, "ARCHIVE_MAX_AGE_S": "1"}
    topic = cloud.alert_topic()
    try:
        job = service(1, **bucket | role.settings, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="1", ALERT_MAX_PER_HOUR="0")
        process = job.start().wait_ready()
        with Load(job, rate=50) as load:
            began = time.time()
            used = lambda name: {key for _, key, service in list(watch.signed) if service == name}  # noqa: E731
            wait_for(lambda: process.running() and len(used("s3")) >= 3 and len(used("sns")) >= 3, 120 + 2 * least_seconds,
                     lambda: f"{role.given}\n{watch.signed[-5:]}")
        assert time.time() - began > least_seconds, "the first keys were still good: nothing was proven"
        assert_all_once(job, cloud, bucket, load.sent)
        assert all(key in role.given for _, key, _ in watch.signed), "keys that the role never gave"
        late = [(at, key, name) for at, key, name in watch.signed if at > role.given[key] + 1]
        assert not late, "signed with keys that had expired"
        assert process.metric("ntsp_archive_store_failures_total") == 0
        assert process.metric("ntsp_alert_delivery_failures_total") == 0
        assert topic.received()
    finally:
        watch.close()
        role.close()


def test_a_web_identity_that_gives_no_keys_is_explained(service, bucket, tmp_path):
    given = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / "none"), "AWS_ROLE_ARN": WebIdentity.ROLE,
             "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    checked = service(1, **bucket | given).command("check")
    assert checked.returncode == 1
    assert f"AWS_WEB_IDENTITY_TOKEN_FILE={tmp_path / 'none'}: no token can be read" in checked.stdout, checked.stdout
