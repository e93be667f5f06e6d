"""Against a store that verifies signatures, checksums, sessions and rights (./dev minio)."""

import json
import pathlib
import random
import re

import pytest

from tests.support import minio
from tests.support.facts import Made
from tests.support.load import Load, assert_all_once, send_all, wait_archived, wait_published
from tests.support.service import wait_for
from tests.support.topics import Sender

pytestmark = pytest.mark.skipif(minio.why_not() is not None, reason=minio.why_not() or "")
PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "security.md"


@pytest.fixture(scope="module")
def store():
    store = minio.Minio()
    yield store
    store.close()


@pytest.fixture(scope="module")
def secured():
    store = minio.Minio(tls=True)
    yield store
    store.close()


def settings(store, keys: dict[str, str] = minio.KEYS, **more: str) -> dict[str, str]:
    return keys | {"AWS_S3_BUCKET": store.bucket(), "AWS_ENDPOINT_URL_S3": store.endpoint, "ARCHIVE_MAX_AGE_S": "1"} | more


def said_to_be_whole(job) -> None:
    for command in ("check", "verify"):
        ended = job.command(command)
        assert ended.returncode == 0, ended.stdout + ended.stderr


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
    said_to_be_whole(job)


def test_every_record_is_stored_once_behind_a_certificate_of_its_own(service, secured):
    given = settings(secured, AWS_CA_BUNDLE=str(secured.authority))
    job = service(1, **given)
    job.start().wait_ready()
    sent = send_all(job, 200)
    assert_all_once(job, secured, given, sent)
    said_to_be_whole(job)
    distrustful = job.command("check", AWS_CA_BUNDLE="")
    assert distrustful.returncode == 1 and "AWS_CA_BUNDLE" in distrustful.stdout, distrustful.stdout


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_an_object_of_several_parts_is_whole(service, store, secured, tls):
    place = secured if tls else store
    given = settings(place, ARCHIVE_MAX_BYTES="12MiB", ARCHIVE_MAX_AGE_S="30",
                     AWS_CA_BUNDLE=str(secured.authority) if tls else "")
    job = service(1, **given)
    job.start().wait_ready()
    sent = send_large(job, 3000, 12_000)
    wait_published(job)
    wait_archived(job)
    heads = {key: place.client("s3").head_object(Bucket=given["AWS_S3_BUCKET"], Key=key)
             for key in place.objects(given["AWS_S3_BUCKET"])}
    parts = {key: head for key, head in heads.items() if re.search(r'-\d+"$', head["ETag"])}
    assert parts and all(head["ContentLength"] > 10 * 1024 * 1024 for head in parts.values()), heads
    assert len(sent) == 3000
    said_to_be_whole(job)


def send_large(job, count: int, size: int) -> list:
    """Messages whose description cannot be compressed."""
    sender, dice = Sender(job.broker.bootstrap, job.raw), random.Random(1)
    for number in range(count):
        entry = {"keys": {"node_name": f"leaf{number % 9}", "interface_name": "ethernet-1/1"},
                 "fields": {"description": dice.randbytes(size // 2).hex()}}
        sender.send(Made(None, json.dumps({"path": ".node.srl.interface", "entries": [entry]}).encode()))
    sender.flush()
    return sender.sent


def test_objects_are_encrypted_as_the_bucket_says(service, store):
    given = settings(store)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    store.client("s3").put_bucket_encryption(Bucket=given["AWS_S3_BUCKET"],
                                             ServerSideEncryptionConfiguration={"Rules": [rule]})
    job = service(1, **given)
    job.start().wait_ready()
    sent = send_all(job, 50)
    assert_all_once(job, store, given, sent)
    for key in store.objects(given["AWS_S3_BUCKET"]):
        head = store.client("s3").head_object(Bucket=given["AWS_S3_BUCKET"], Key=key)
        assert head["ServerSideEncryption"] == "AES256", key
    said_to_be_whole(job)


def test_a_wrong_secret_is_named(service, store):
    checked = service(1, **settings(store, AWS_SECRET_ACCESS_KEY="wrong")).command("check")
    assert checked.returncode == 1 and "AWS_SECRET_ACCESS_KEY" in checked.stdout, checked.stdout


# ---- sessions

@pytest.mark.parametrize("way", ["web_identity", "container"])
def test_uploads_go_on_with_the_keys_of_each_session(service, store, way):
    sessions = minio.Sessions(store, 8)
    given = settings(store, getattr(sessions, way))
    try:
        job = service(1, **given)
        process = job.start().wait_ready()
        with Load(job, rate=50) as load:
            wait_for(lambda: process.running() and len(set(sessions.keys)) >= 4, 90, lambda: str(sessions.keys))
        assert_all_once(job, store, given, load.sent)
        assert process.metric("ntsp_archive_store_failures_total") == 0
        said_to_be_whole(job)
    finally:
        sessions.close()


# ---- rights

def page_policy(bucket: str) -> dict:
    text = re.search(r"<!-- begin s3 policy -->\n```json\n(.*?)```", PAGE.read_text(), re.S)[1]
    return json.loads(text.replace("BUCKET", bucket))


def test_the_policy_of_the_page_is_enough_for_all_that_ntsp_does(service, store):
    bucket = store.bucket()
    given = settings(store, store.session(page_policy(bucket)), AWS_S3_BUCKET=bucket)
    job = service(1, **given)
    process = job.start().wait_ready()
    sent = []
    for seed in range(3):
        sent += send_all(job, 100, seed=seed)
        assert_all_once(job, store, given, sent)
    assert process.terminate() == 0
    keys = sorted(store.objects(bucket))
    for key in keys[::3]:
        store.client("s3").delete_object(Bucket=bucket, Key=key)
    assert job.command("verify").returncode == 1
    ended = job.command("run", "--stage", "archive", "--from", "0", timeout=60)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert_all_once(job, store, given, sent)
    assert job.command("verify").returncode == 0
    restarted = job.start("two").wait_ready()
    sent += send_all(job, 100, seed=9)
    assert_all_once(job, store, given, sent)
    assert restarted.metric("ntsp_archive_store_failures_total") == 0
    said_to_be_whole(job)


def test_the_policy_of_the_page_allows_nothing_beside_the_archive(service, store):
    bucket = store.bucket()
    given = settings(store, store.session(page_policy(bucket)), AWS_S3_BUCKET=bucket)
    for elsewhere in ({"S3_PREFIX": "elsewhere"}, {"AWS_S3_BUCKET": store.bucket()}):
        checked = service(1, **given | elsewhere).command("check")
        assert checked.returncode == 1 and "access is denied" in checked.stdout, checked.stdout


@pytest.mark.parametrize("action,said", [
    ("s3:PutObject", "s3:PutObject"), ("s3:GetObject", "s3:GetObject"), ("s3:DeleteObject", "s3:DeleteObject")])
def test_check_says_so_when_a_right_is_missing(service, store, action, said):
    bucket = store.bucket()
    policy = page_policy(bucket)
    policy["Statement"][0]["Action"].remove(action)
    checked = service(1, **settings(store, store.session(policy), AWS_S3_BUCKET=bucket)).command("check")
    assert checked.returncode == 1 and said in checked.stdout, checked.stdout


def test_without_the_right_to_list_verify_names_it(service, store):
    bucket = store.bucket()
    policy = page_policy(bucket)
    del policy["Statement"][1]
    job = service(1, **settings(store, store.session(policy), AWS_S3_BUCKET=bucket))
    job.start().wait_ready()
    send_all(job, 20)
    wait_published(job)
    ended = job.command("verify")
    assert ended.returncode == 1 and "s3:ListBucket" in ended.stdout + ended.stderr, ended.stdout + ended.stderr
