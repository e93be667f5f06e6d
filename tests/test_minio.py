"""Against a store that verifies signatures, checksums and rights (./dev minio)."""

import pytest

from tests.support import minio
from tests.support.load import assert_all_once, send_all

pytestmark = pytest.mark.skipif(minio.why_not() is not None, reason=minio.why_not() or "")


@pytest.fixture(scope="module")
def store():
    store = minio.Minio()
    yield store
    store.close()


def settings(store, **more: str) -> dict[str, str]:
    return minio.KEYS | {"AWS_S3_BUCKET": store.bucket(), "AWS_ENDPOINT_URL_S3": store.endpoint, "ARCHIVE_MAX_AGE_S": "1"} | more


@pytest.mark.parametrize("more", [
    {},
    {"S3_PREFIX": "a b+c=d/ü"},
    {"S3_ADDRESSING_STYLE": "virtual"},
], ids=["plain", "prefix", "virtual"])
def test_every_record_is_stored_once(service, store, more):
    given = settings(store, **more)
    if "S3_ADDRESSING_STYLE" in more:
        given["AWS_ENDPOINT_URL_S3"] = f"http://localhost:{store.port}"
    job = service(2, **given)
    job.start().wait_ready()
    sent = send_all(job, 500)
    assert_all_once(job, store, given, sent)
    assert job.command("check").returncode == 0
    verified = job.command("verify")
    assert verified.returncode == 0, verified.stdout


def test_a_wrong_secret_is_named(service, store):
    checked = service(1, **settings(store, AWS_SECRET_ACCESS_KEY="wrong")).command("check")
    assert checked.returncode == 1 and "AWS_SECRET_ACCESS_KEY" in checked.stdout, checked.stdout
