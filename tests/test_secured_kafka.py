"""Kafka as sites secure it: every login, every way in which one goes wrong, and the rights that ntsp needs."""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import time
import zlib

import pytest

from tests.support.certificates import Authority
from tests.support.load import send_all, wait_archived, wait_published
from tests.support.role import Role
from tests.support.secured import IAM_KEY, IAM_SECRET, PASSWORD, USER, SecuredBroker
from tests.support.service import BINARY, Service, clean_environment, wait_for
from tests.support.topics import read_all

SECURITY_PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "security.md"
LONG = pytest.mark.skipif("NTSP_LONG_TESTS" not in os.environ, reason="takes minutes: NTSP_LONG_TESTS=1 runs it")
SECRETS = [PASSWORD, IAM_SECRET, "wrong-password-4711", "key-password-0815"]


@pytest.fixture(scope="module")
def secured():
    broker = SecuredBroker()
    yield broker
    broker.close()


@pytest.fixture(scope="module")
def certificate(secured):
    """The user's own, with an encrypted key."""
    return secured.authority.issue(USER, password="key-password-0815")


def settings(**kafka: str) -> dict[str, str]:
    return {f"KAFKA_CLIENT_{key.upper()}": str(value) for key, value in kafka.items()}


def password(mechanism: str, protocol: str = "SASL_SSL", secret: str = PASSWORD, user: str = USER) -> dict[str, str]:
    return settings(security_protocol=protocol, sasl_mechanism=mechanism, sasl_username=user, sasl_password=secret)


def way_in(secured: SecuredBroker, certificate, way: str) -> dict[str, str]:
    """The settings of a client that does everything right."""
    trust = settings(ssl_ca_location=secured.authority.file)
    chain, key = certificate
    (secured.folder / "password").write_text(PASSWORD + "\n")
    (secured.folder / "aws-secret").write_text(IAM_SECRET + "\n")
    from_file = {k: v for k, v in password("SCRAM-SHA-256").items() if not k.endswith("PASSWORD")} | {
        "KAFKA_CLIENT_SASL_PASSWORD_FILE": str(secured.folder / "password")}
    listener, more = {
        "tls": ("tls", settings(security_protocol="SSL")),
        "mtls": ("mtls", settings(security_protocol="SSL", ssl_certificate_location=chain, ssl_key_location=key,
                                  ssl_key_password="key-password-0815")),
        "plain": ("sasl", password("PLAIN", "SASL_PLAINTEXT")),
        "scram-256": ("sasls", from_file),
        "scram-512": ("sasls", password("SCRAM-SHA-512")),
        "oauthbearer": ("sasls", settings(security_protocol="SASL_SSL", sasl_mechanism="OAUTHBEARER",
                                          enable_sasl_oauthbearer_unsecure_jwt="true",
                                          sasl_oauthbearer_config=f"principal={USER}")),
        "msk-iam": ("iam", {"KAFKA_AWS_MSK_IAM": "true", "AWS_ACCESS_KEY_ID": IAM_KEY,
                            "AWS_SECRET_ACCESS_KEY_FILE": str(secured.folder / "aws-secret"), "AWS_REGION": "eu-central-1"}),
    }[way]
    return {"KAFKA_BOOTSTRAP_SERVERS": secured.at(listener)} | trust | more


def page_acls(job: Service, *commands: str) -> list[tuple[str, str, str]]:
    """The ACLs that docs/security.md lists for these commands, with the names of the job."""
    names = {"network-data": job.raw, "network-data-dlq": job.dead, "telemetry-processor": job.group,
             **{f"{table}-data": name for table, name in job.tables.items()}}
    rows = re.findall(r"^\| (\w+) \| (topic|group|transactional id|cluster) \| `([^`]+)` \| (\w+) \|",
                      SECURITY_PAGE.read_text(), re.M)
    assert len(rows) > 10, "the page has no table of ACLs"

    def named(name: str) -> str:
        name = name.replace("telemetry-processor", job.group)
        return names.get(name, name)

    listed = [(kind, named(name), operation) for command, kind, name, operation in rows if command in commands]
    return list(dict.fromkeys(listed))


def make_job(secured: SecuredBroker, folder: pathlib.Path, name: str, **more: str) -> Service:
    return Service(secured, name, folder, 1, **more)


@pytest.fixture
def job(secured, tmp_path, request):
    """A service with topics of its own on the secured broker."""
    words = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")
    made = make_job(secured, tmp_path, f"{words[:40]}-{zlib.crc32(words.encode()):08x}")
    yield made
    made.kill_all()
    secured.deny_all()
    for secret in SECRETS:
        for log in tmp_path.glob("*.log"):
            assert secret not in log.read_text(), f"{log} shows a secret"


@pytest.mark.parametrize("way", ["tls", "mtls", "plain", "scram-256", "scram-512", "oauthbearer", "msk-iam"])
def test_messages_are_published_by_a_user_with_the_rights_that_the_page_lists(secured, certificate, job, way):
    login = way_in(secured, certificate, way)
    secured.allow(*page_acls(job, "run", "create"))
    checked = job.command("check", **login)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    process = job.start(**login).wait_ready()
    sent = send_all(job, 20)
    wait_published(job)
    assert read_all(secured.bootstrap, job.tables["interface"])
    assert process.metric("ntsp_publish_messages_total") == len(sent)
    assert process.terminate() == 0


def wrong(secured: SecuredBroker, tmp_path: pathlib.Path, what: str) -> tuple[dict[str, str], list[str]]:
    """Settings with one mistake, and what a person must be told."""
    trust = settings(ssl_ca_location=secured.authority.file)
    tls = settings(security_protocol="SSL")
    bad = "wrong-password-4711"
    cases = {
        "wrong-scram-password": (secured.at("sasls"), trust | password("SCRAM-SHA-512", secret=bad),
                                 ["The login is refused", "KAFKA_CLIENT_SASL_PASSWORD"]),
        "wrong-plain-password": (secured.at("sasl"), password("PLAIN", "SASL_PLAINTEXT", bad),
                                 ["The login is refused", "KAFKA_CLIENT_SASL_PASSWORD"]),
        "mechanism-not-offered": (secured.at("iam"), trust | password("SCRAM-SHA-512"),
                                  ["does not offer this mechanism", "KAFKA_CLIENT_SASL_MECHANISM", "OAUTHBEARER"]),
        "system-does-not-trust-it": (secured.at("tls"), tls,
                                     ["signed by nobody who is trusted here", "KAFKA_CLIENT_SSL_CA_LOCATION"]),
        "other-authority": (secured.at("tls"), tls | settings(ssl_ca_location=Authority(tmp_path, "other").file),
                            ["signed by nobody who is trusted here", "KAFKA_CLIENT_SSL_CA_LOCATION"]),
        "certificate-of-another-host": (secured.at("elsewhere"), tls | trust,
                                        ["is for another name", "KAFKA_BOOTSTRAP_SERVERS"]),
        "expired-certificate": (secured.at("expired"), tls | trust, ["has expired"]),
        "no-client-certificate": (secured.at("mtls"), tls | trust,
                                  ["wants a certificate of this client", "KAFKA_CLIENT_SSL_CERTIFICATE_LOCATION"]),
        "tls-at-a-plain-port": (secured.bootstrap, tls | trust,
                                ["This port does not speak TLS", "KAFKA_CLIENT_SECURITY_PROTOCOL"]),
        "plain-at-a-tls-port": (secured.at("tls"), {}, ["expects TLS", "KAFKA_CLIENT_SECURITY_PROTOCOL"]),
        "no-login-at-a-port-that-wants-one": (secured.at("sasl"), {},
                                              ["expects a login", "KAFKA_CLIENT_SASL_USERNAME"]),
        "login-at-a-port-without": (secured.bootstrap, password("PLAIN", "SASL_PLAINTEXT"),
                                    ["does not ask for a login", "KAFKA_CLIENT_SECURITY_PROTOCOL"]),
        "wrong-aws-secret": (secured.at("iam"), trust | {
            "KAFKA_AWS_MSK_IAM": "true", "AWS_ACCESS_KEY_ID": IAM_KEY, "AWS_SECRET_ACCESS_KEY": bad,
            "AWS_REGION": "eu-central-1"}, ["The token is refused", "AWS credentials"]),
    }
    servers, given, told = cases[what]
    return {"KAFKA_BOOTSTRAP_SERVERS": servers} | given, told


@pytest.mark.parametrize("what", [
    "wrong-scram-password", "wrong-plain-password", "mechanism-not-offered", "system-does-not-trust-it", "other-authority",
    "certificate-of-another-host", "expired-certificate", "no-client-certificate", "tls-at-a-plain-port",
    "plain-at-a-tls-port", "no-login-at-a-port-that-wants-one", "login-at-a-port-without", "wrong-aws-secret"])
def test_a_connection_that_fails_says_why_and_run_goes_on_trying(secured, job, tmp_path, what):
    given, told = wrong(secured, tmp_path, what)
    process = job.start(**given)
    checked = job.command("check", **given)
    assert checked.returncode == 1
    failed = [line for line in checked.stdout.splitlines() if line.startswith("FAIL brokers")]
    assert failed and all(words in failed[0] for words in told), checked.stdout + checked.stderr
    assert checked.stderr == ""
    wait_for(lambda: process.running() and all(words in process.get("/readyz")[1] for words in told), 30,
             lambda: str(process.get("/readyz")))
    assert process.get("/readyz")[0] == 503
    assert any(all(words in line.get("message", "") for words in told) for line in job.logs())
    for secret in SECRETS:
        assert secret not in checked.stdout + process.get("/readyz")[1]
    assert process.running()


def test_run_becomes_ready_once_the_broker_knows_the_password(secured, job):
    secured.allow(*page_acls(job, "run", "create"), user="late")
    login = settings(ssl_ca_location=secured.authority.file) | {"KAFKA_BOOTSTRAP_SERVERS": secured.at("sasls")} | password(
        "SCRAM-SHA-512", secret="wrong-password-4711", user="late")
    process = job.start(**login)
    wait_for(lambda: "The login is refused" in process.get("/readyz")[1], 30)
    secured.set_password("late", "wrong-password-4711")
    process.wait_ready()


def test_the_archive_alone_says_why_it_cannot_connect(secured, job, tmp_path):
    given, told = wrong(secured, tmp_path, "wrong-scram-password")
    process = job.start("one", "--stage", "archive", **given, ARCHIVE_URI=f"file://{tmp_path}/archive")
    wait_for(lambda: process.running() and all(words in process.get("/readyz")[1] for words in told), 30,
             lambda: str(process.get("/readyz")))
    assert process.get("/readyz")[0] == 503


def test_tokens_for_msk_are_renewed_while_the_connections_stay(secured, certificate, job):
    """The broker wants a new login every few seconds (CONNECTION_SECONDS), and hangs up on those that do not give one."""
    login = way_in(secured, certificate, "msk-iam") | {"KAFKA_AWS_MSK_IAM_TOKEN_S": "10"}
    secured.allow(*page_acls(job, "run", "create"))
    process = job.start(**login).wait_ready()
    ready = time.time()
    wait_for(lambda: any(made_at(token) > ready + 5 for token in secured.tokens()), 60, lambda: str(secured.tokens()))
    sent = send_all(job, 20)
    wait_published(job)
    assert process.metric("ntsp_publish_messages_total") == len(sent)
    refused = [line for line in job.logs() if line["event"] in ("poll-failed", "kafka-token-failed")]
    assert not refused, refused
    # Kafka takes no two logins within a second, which a busy machine may bring together; any other loss is one too many.
    lost = [line for line in job.logs() if line.get("facility") == "FAIL" and "current SASL state" not in line["message"]]
    assert not lost, lost
    assert process.terminate() == 0


@pytest.mark.parametrize("seconds", [10, pytest.param(60, marks=LONG)])
def test_logins_at_msk_go_on_when_the_keys_of_a_role_expire(secured, certificate, job, seconds):
    """A token is good for as long as the keys that signed it, and the broker wants one every few seconds."""
    role = Role(seconds, IAM_SECRET)
    try:
        by_key = way_in(secured, certificate, "msk-iam")
        login = {name: value for name, value in by_key.items() if not name.startswith("AWS_")} | role.settings
        secured.allow(*page_acls(job, "run", "create"))
        process = job.start(**login).wait_ready()
        wait_for(lambda: process.running() and len(set(secured.keys()) & set(role.given)) >= 4, 6 * seconds,
                 lambda: f"{secured.keys()} of {role.given}")
        sent = send_all(job, 20)
        wait_published(job)
        assert process.metric("ntsp_publish_messages_total") == len(sent)
        refused = [line for line in job.logs() if "refused" in line["message"] or line["event"] == "kafka-token-failed"]
        assert not refused, refused
    finally:
        role.close()


def made_at(token: str) -> float:
    return datetime.datetime.strptime(token + "+0000", "%Y%m%dT%H%M%SZ%z").timestamp()


def test_without_other_settings_the_systems_authorities_are_trusted(secured, job):
    """As the wheel's librdkafka brings its own OpenSSL, which knows no Debian."""
    bundle = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
    given = {"KAFKA_BOOTSTRAP_SERVERS": secured.at("tls"), "KAFKA_CLIENT_SECURITY_PROTOCOL": "SSL"}
    shown = subprocess.run(["unshare", "--mount", "sh", "-c",
                            f"mount --bind {secured.authority.file} {bundle} && exec {BINARY} check"],
                           env=clean_environment() | job._settings | given, capture_output=True, text=True, timeout=60,
                           cwd=job.folder)
    if "unshare" in shown.stderr or "mount:" in shown.stderr:
        pytest.skip(f"this machine lets nobody mount a bundle of its own: {shown.stderr}")
    assert "ok   brokers" in shown.stdout, shown.stdout + shown.stderr


# ---- rights

@pytest.fixture(scope="module")
def limited(secured, tmp_path_factory):
    """A job with existing topics, archived to a directory, and its login."""
    folder = tmp_path_factory.mktemp("rights")
    job = make_job(secured, folder, "rights", ARCHIVE_URI=f"file://{folder}/archive", ARCHIVE_MAX_AGE_S="1",
                   **password("SCRAM-SHA-512", "SASL_PLAINTEXT"), KAFKA_BOOTSTRAP_SERVERS=secured.at("sasl"))
    secured.create_topics(1, job.dead, *job.tables.values())
    yield job
    job.kill_all()
    secured.deny_all()


def test_what_the_page_lists_is_enough_for_run_and_check(secured, limited):
    secured.allow(*page_acls(limited, "run", "archive"))
    process = limited.start().wait_ready()
    send_all(limited, 200)
    wait_published(limited)
    wait_for(lambda: limited.command("verify").returncode == 0, 60, lambda: limited.command("verify").stdout)
    assert process.terminate() == 0
    ended = limited.command("check")
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("stage,listed", [("normalize", "run"), ("archive", "archive")])
def test_what_the_page_lists_for_a_stage_is_enough_for_it_alone(secured, limited, stage, listed):
    secured.deny_all()
    secured.allow(*page_acls(limited, listed))
    process = limited.start(stage, "--stage", stage).wait_ready()
    if stage == "normalize":
        send_all(limited, 20)
        wait_published(limited)
    else:
        wait_archived(limited)
    assert process.terminate() == 0
    refused = [line for line in limited.logs() if "AUTHORIZATION" in line["message"].upper()]
    assert not refused, refused


@pytest.mark.parametrize("listed,command", [("redrive", ["redrive"]), ("verify", ["verify"]),
                                            ("backfill", ["run", "--stage", "archive", "--from", "0"])])
def test_what_the_page_lists_for_a_command_is_enough_for_it_alone(secured, limited, listed, command):
    objects = sorted((limited.folder / "archive").rglob("*.parquet"))
    objects[0].unlink()  # a backfill has something to do, and verify something to find
    secured.deny_all()
    secured.allow(*page_acls(limited, listed))
    ended = limited.command(*command)
    assert ended.returncode == (1 if listed == "verify" else 0), ended.stdout + ended.stderr
    said = {"redrive": "dead letters are back", "verify": " differ", "backfill": "done: "}[listed]
    assert said in ended.stdout, ended.stdout + ended.stderr
    assert "AUTHORIZATION" not in (ended.stdout + ended.stderr).upper()


def test_check_names_each_right_that_is_missing(secured, limited):
    needed = page_acls(limited, "run", "archive")
    secured.deny_all()
    secured.allow(*needed)
    wait_for(lambda: limited.command("check").returncode == 0, 60, lambda: limited.command("check").stdout)
    for acl in needed:
        kind, name, operation = acl
        secured.forbid(acl)
        named = re.compile(rf"FAIL {kind} {re.escape(name.rstrip('*'))}.*User:{USER}.*--operation {operation} ")
        wait_for(lambda: named.search(said := limited.command("check").stdout) or print(said), 20,
                 lambda: f"{acl} is not named")
        failed = [line for line in limited.command("check").stdout.splitlines() if line.startswith("FAIL")]
        assert len(failed) == 1, f"without {acl}: {failed}"
        secured.allow(acl)


def test_check_names_the_right_to_create_topics(secured, job):
    login = {"KAFKA_BOOTSTRAP_SERVERS": secured.at("sasl")} | password("PLAIN", "SASL_PLAINTEXT")
    secured.allow(*page_acls(job, "run"))
    said = job.command("check", **login).stdout
    for topic in (job.dead, *job.tables.values()):
        assert re.search(rf"^FAIL topic {topic}: .*--operation Create --topic '{topic}'", said, re.M), said
