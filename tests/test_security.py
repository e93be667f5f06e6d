"""Secrets stay secret, nothing listens where it should not, and AWS is asked for no more than the page grants."""

import json
import os
import pathlib
import re
import subprocess

import pytest

from tests.support.cloud import KEYS, Cloud, FaultProxy
from tests.support.load import send_all, wait_archived, wait_published
from tests.support.otlp import Receiver
from tests.support.ports import free_port
from tests.support.service import BINARY, clean_environment, wait_for

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "security.md"

# Each is a value of its own, so that a finding tells which one it is.
KAFKA_SECRETS = {"KAFKA_CLIENT_SASL_PASSWORD": "planted-sasl-password", "KAFKA_CLIENT_SSL_KEY_PASSWORD": "planted-key-password",
                 "KAFKA_CLIENT_SSL_KEYSTORE_PASSWORD": "planted-keystore-password",
                 "KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_SECRET": "planted-client-secret",
                 "KAFKA_CLIENT_SASL_OAUTHBEARER_CONFIG": "planted-oauthbearer-config"}
AWS_SECRETS = {"AWS_ACCESS_KEY_ID": "PLANTEDACCESSKEYID", "AWS_SECRET_ACCESS_KEY": "planted-aws-secret",
               "AWS_SESSION_TOKEN": "planted-aws-session"}
OTLP_SECRETS = {"OTEL_EXPORTER_OTLP_HEADERS": "Authorization=planted-otlp-header"}
LOGFIRE_SECRETS = {"LOGFIRE_TOKEN": "planted-logfire-token", "LOGFIRE_API_KEY": "planted-logfire-token"}
# Passwords inside of addresses, each with what may be shown of it.
URL_SECRETS = {"AWS_ENDPOINT_URL": "planted-aws-url", "LOGFIRE_BASE_URL": "planted-logfire-url",
               "KAFKA_CLIENT_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL": "planted-token-url"}
LOUD = {"LOG_LEVEL": "debug", "KAFKA_CLIENT_DEBUG": "all"}


def leaks(text: str, *planted: dict[str, str]) -> list[str]:
    return [name for group in planted for name, value in group.items() if value.split("=")[-1] in text]


@pytest.fixture
def refusing(cloud):
    """AWS that answers 403 to everything."""
    proxy = FaultProxy(cloud.port)
    proxy.set("error", 403)
    yield proxy
    proxy.close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    receiver.answer = 401
    yield receiver
    receiver.close()


def test_secrets_show_nowhere_when_aws_and_the_otlp_receiver_refuse(service, refusing, receiver):
    planted = AWS_SECRETS, OTLP_SECRETS, KAFKA_SECRETS
    settings = LOUD | AWS_SECRETS | OTLP_SECRETS | KAFKA_SECRETS | {
        "AWS_REGION": "eu-central-1", "AWS_S3_BUCKET": "no-such-bucket", "AWS_ENDPOINT_URL": refusing.endpoint,
        "AWS_SNS_TOPIC_ARN": "arn:aws:sns:eu-central-1:123456789012:alerts", "ARCHIVE_MAX_AGE_S": "1", "ALERT_WINDOW_S": "1",
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url, "OTEL_METRIC_EXPORT_INTERVAL": "1000"}
    job = service(1, **settings)
    process = job.start().wait_ready()
    send_all(job, 20)
    wait_published(job)
    wait_for(lambda: {"archive-store-failing", "alert-delivery-failed", "otlp-refused"} <= {line["event"] for line in job.logs()}, 60,
             lambda: str({line["event"] for line in job.logs()}))
    shown = {path: process.get(path)[1] for path in ("/", "/api/status", "/metrics", "/readyz", "/livez", "/nothing")}
    for command in (["config"], ["check", "--send-test-alert"], ["redrive"], ["verify"], ["healthcheck"]):
        ended = job.command(*command, HTTP_LISTEN=f"127.0.0.1:{process.port}")
        shown[command[0]] = ended.stdout + ended.stderr
    assert process.terminate() == 0
    assert "FAIL archive" in shown["check"] and "FAIL alerts" in shown["check"], shown["check"]
    shown["log"] = process.log.read_text()
    assert {where: found for where, text in shown.items() if (found := leaks(text, *planted))} == {}
    assert any(headers.get("Authorization") == "planted-otlp-header" for _, headers in receiver.requests)  # they were in use


def test_secrets_show_nowhere_when_kafka_refuses(service, broker):
    """The broker knows no login: the client tries with all it has, and says all it can."""
    planted = KAFKA_SECRETS, LOGFIRE_SECRETS, URL_SECRETS
    addresses = {name: f"http://ann:{secret}@127.0.0.1:{free_port()}" for name, secret in URL_SECRETS.items()}
    settings = LOUD | KAFKA_SECRETS | LOGFIRE_SECRETS | addresses | {
        "KAFKA_CLIENT_SECURITY_PROTOCOL": "SASL_PLAINTEXT", "KAFKA_CLIENT_SASL_MECHANISM": "PLAIN",
        "KAFKA_CLIENT_SASL_USERNAME": "user"}
    job = service(1)
    process = job.start(**settings)
    wait_for(lambda: "does not ask for a login" in process.get("/readyz")[1], 60)
    shown = {path: process.get(path)[1] for path in ("/", "/api/status", "/metrics", "/readyz")}
    for command in ("config", "check", "redrive", "verify"):
        ended = job.command(command, **settings, ARCHIVE_URI=f"file://{job.folder}")
        shown[command] = ended.stdout + ended.stderr
    bad = job.command("check", **settings | {"ARCHIVE_URI": "s3://bucket/x"})  # the address is looked at, and refused
    assert "must not contain credentials" in bad.stdout, bad.stdout
    shown["check of a bad address"] = bad.stdout + bad.stderr
    wait_for(lambda: "otlp-failing" in {line["event"] for line in process.lines()}, 30)
    process.kill()
    shown["log"] = process.log.read_text()
    assert {where: found for where, text in shown.items() if (found := leaks(text, *planted))} == {}
    for name in addresses:
        assert re.search(rf"{name}=http://ann:\*\*\*@127.0.0.1:\d+ ", shown["config"]), name


@pytest.mark.parametrize("more", [
    {"KAFKA_CLIENT_SSL_KEY_PEM": "planted-key-pem", "KAFKA_CLIENT_SECURITY_PROTOCOL": "SSL"},
    {"KAFKA_CLIENT_SSL_KEYSTORE_PASSWORDS": "planted-misspelt"}, {"AWS_ENDPOINT_URL_S3": "ann:planted-pass/word@store:9000"},
    {"OTEL_EXPORTER_OTLP_ENDPOINT": "ftp://ann:planted@otlp"}, {"LOGFIRE_TOKEN": "planted with blank"},
    {"OTEL_EXPORTER_OTLP_HEADERS": "planted-without-name"},
    {"KAFKA_CLIENT_SASL_PASSWORD": "planted-value", "KAFKA_CLIENT_SASL_PASSWORD_FILE": "/dev/null"},
    {"LOGFIRE_TOKEN": "planted-one", "LOGFIRE_API_KEY": "planted-two"}], ids=lambda more: "+".join(more))
def test_a_bad_secret_is_named_and_not_shown(tmp_path, more):
    ended = subprocess.run([BINARY, "check"], capture_output=True, text=True, timeout=60, cwd=tmp_path,
                           env=clean_environment() | {"KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1"} | more)
    assert ended.returncode in (1, 2)
    assert next(iter(more)) in ended.stdout + ended.stderr
    assert "planted" not in ended.stdout + ended.stderr, ended.stdout + ended.stderr


def listening(pid: int) -> set[str]:
    """The addresses ("0100007F:1F90") on which a process takes connections."""
    mine = {os.readlink(fd) for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
    lines = [line.split() for file in ("tcp", "tcp6") for line in pathlib.Path(f"/proc/{pid}/net/{file}").read_text().splitlines()[1:]]
    return {fields[1] for fields in lines if fields[3] == "0A" and f"socket:[{fields[9]}]" in mine}


def test_the_service_listens_at_the_one_address_that_is_set(service):
    process = service(1).start().wait_ready()
    assert listening(process.pid) == {f"0100007F:{process.port:04X}"}


def test_the_demo_listens_on_this_machine_only(tmp_path):
    demo = subprocess.Popen([BINARY, "demo", "--seconds", "60", "--dir", tmp_path / "demo"], cwd=tmp_path, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                            env=clean_environment() | {"HTTP_LISTEN": f"127.0.0.1:{free_port()}"})
    try:
        wait_for(lambda: len(listening(demo.pid)) >= 2, 30)  # the page, and the stand-in for Kafka
        assert all(address.startswith("0100007F:") for address in listening(demo.pid)), listening(demo.pid)
    finally:
        demo.kill()
        demo.wait()


def test_without_a_setting_the_page_is_for_this_machine_only(tmp_path):
    shown = subprocess.run([BINARY, "config"], capture_output=True, text=True, cwd=tmp_path, env=clean_environment()).stdout
    assert "HTTP_LISTEN=127.0.0.1:8080 " in shown


def actions(log: str, bucket: str) -> set[str]:
    """The rights in S3 that the requests of moto's log need."""
    needed = set()
    for method, key, query in re.findall(rf'(GET|HEAD|PUT|POST|DELETE) /{bucket}(/[^ ?]*)?(?:\?(\S*))? HTTP', log):
        if not key.strip("/"):
            needed.add({"GET": "s3:ListBucket"}.get(method, f"{method} bucket ?{query}"))
        elif "uploadId" in query and method == "DELETE":
            needed.add("s3:AbortMultipartUpload")
        else:
            needed.add({"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject", "POST": "s3:PutObject",
                        "DELETE": "s3:DeleteObject"}[method])
    return needed


def test_the_policy_of_the_page_is_what_s3_is_asked_for(service):
    cloud = Cloud()
    try:
        bucket = cloud.bucket()
        job = service(1, **KEYS, AWS_S3_BUCKET=bucket, AWS_ENDPOINT_URL=cloud.endpoint, ARCHIVE_MAX_AGE_S="1")
        before = len(pathlib.Path(cloud._log.name).read_text())
        process = job.start().wait_ready()
        send_all(job, 20)
        wait_published(job)
        wait_archived(job)
        for command in ("check", "verify"):
            ended = job.command(command)
            assert ended.returncode == 0, ended.stdout + ended.stderr
        assert process.terminate() == 0
        asked = actions(pathlib.Path(cloud._log.name).read_text()[before:], bucket)
    finally:
        cloud.close()
    policy = json.loads(re.search(r"<!-- begin s3 policy -->\n```json\n(.*?)```", PAGE.read_text(), re.S)[1])
    granted = {action for statement in policy["Statement"] for action in statement["Action"]}
    # Small objects are put at once, so that nothing is there to abort.
    assert asked == granted - {"s3:AbortMultipartUpload"}
