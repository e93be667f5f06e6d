"""The commands as a person types them: output, exit codes, and words that help."""

import json
import os
import re
import subprocess

import pytest

from tests.support.service import BINARY


def ntsp(*args: str, stdin: str = "", cwd=None, **env: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("KAFKA_", "AWS_", "OTEL_", "LOGFIRE_"))}
    return subprocess.run([BINARY, *args], input=stdin, capture_output=True, text=True, timeout=60, cwd=cwd,
                          env=clean | {"AWS_EC2_METADATA_DISABLED": "true"} | env)


@pytest.mark.parametrize("variable,value", [
    ("COMMIT_INTERVAL_MS", "soon"), ("NORMALIZE_WORKERS", "0"), ("DELIVERY", "twice"), ("KAFKA_OUTPUT_FRAMING", "xml"),
    ("KAFKA_CLIENT_NO_SUCH_THING", "1"), ("KAFKA_CLIENT_ISOLATION_LEVEL", "read_uncommitted"),
    ("KAFKA_CLIENT_TRANSACTIONAL_ID", "x"), ("KAFKA_CLIENT_ACKS", "1"), ("ARCHIVE_URI", "ftp://somewhere"),
    ("HTTP_LISTEN", "nowhere"), ("LOG_LEVEL", "loud"), ("MEMORY_LIMIT_MB", "1"), ("S3_EXPORT_ENABLED", "true"),
    ("AWS_SNS_TOPIC_ARN", "not-an-arn")])
def test_a_bad_setting_is_named_with_its_value_and_ends_with_2(variable, value, tmp_path):
    ended = ntsp("run", cwd=tmp_path, **{variable: value})
    assert ended.returncode == 2
    assert variable in ended.stderr
    if not variable.startswith("KAFKA_CLIENT_"):  # their values may be secrets
        assert value in ended.stderr


def test_all_bad_settings_are_named_at_once(tmp_path):
    ended = ntsp("config", cwd=tmp_path, COMMIT_INTERVAL_MS="soon", DELIVERY="twice")
    assert ended.returncode == 2 and "COMMIT_INTERVAL_MS" in ended.stderr and "DELIVERY" in ended.stderr


def test_the_environment_wins_over_the_env_file_and_secrets_are_hidden(tmp_path):
    (tmp_path / "my.env").write_text('KAFKA_RAW_TOPIC=from-file\nexport KAFKA_NODE_TOPIC="quoted"\n'
                                     'AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=hush\n')
    ended = ntsp("config", "--env-file", "my.env", cwd=tmp_path, KAFKA_RAW_TOPIC="from-environment",
                 KAFKA_CLIENT_SASL_PASSWORD="geheim")
    assert ended.returncode == 0, ended.stderr
    assert "KAFKA_RAW_TOPIC=from-environment" in ended.stdout and "KAFKA_NODE_TOPIC=quoted" in ended.stdout
    assert "KAFKA_DEAD_LETTER_TOPIC=from-environment-dlq" in ended.stdout
    assert "hush" not in ended.stdout + ended.stderr and "geheim" not in ended.stdout + ended.stderr


def test_normalize_needs_no_kafka():
    raw = ('{"path":".node.srl.interface","entries":[{"keys":{"node_name":"leaf1","interface_name":"e1"},'
           '"fields":{"mtu":1500}}]}')
    ended = ntsp("normalize", "--received-at", "2026-01-02T03:04:05Z", stdin=raw)
    assert ended.returncode == 0 and ended.stderr == ""
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["table"] for line in lines] == ["node", "interface"]
    assert lines[1]["record"]["mtu"] == 1500 and lines[1]["record"]["received_at"] == "2026-01-02T03:04:05.000000Z"
    assert list(lines[1]["record"])[:5] == ["batch_id", "record_index", "timestamp", "received_at", "node_name"]


def test_normalize_reports_what_fails_and_goes_on(tmp_path):
    good = '{"path":".node.srl.interface","entries":[{"keys":{"node_name":"n","interface_name":"e"},"fields":{"mtu":1}}]}'
    (tmp_path / "mixed.ndjson").write_text(f'{good}\n{{"hello":1}}\n{good}\n')
    ended = ntsp("normalize", "mixed.ndjson", cwd=tmp_path)
    assert ended.returncode == 1
    assert len(ended.stdout.splitlines()) == 4
    failures = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [f["kind"] for f in failures] == ["unknown-dialect"]


def test_unknown_words_are_usage_errors():
    assert ntsp("frobnicate").returncode == 2
    assert ntsp("run", "--no-such-flag").returncode == 2
    assert ntsp("run", "--stage", "both").returncode == 2


def test_version_and_help_are_ok():
    assert ntsp("--version").stdout.startswith("ntsp ")
    help_text = ntsp("--help").stdout
    for command in ("run", "demo", "normalize", "explain", "simulate", "check", "config", "healthcheck"):
        assert command in help_text
    assert len(help_text.splitlines()) <= 40


def test_check_says_what_is_well_and_what_to_do(broker, cloud, bucket, tmp_path):
    broker.create_topics(2, "check-raw")
    settings = {"KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap, "KAFKA_RAW_TOPIC": "check-raw"} | bucket
    ended = ntsp("check", cwd=tmp_path, **settings)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "check-raw" in ended.stdout and bucket["AWS_S3_BUCKET"] in ended.stdout
    # of the probe nothing stays but the empty marker of the folder it was in
    assert set(cloud.objects(bucket["AWS_S3_BUCKET"]).items()) <= {("processed/", b"")}, "the probe was left behind"

    ended = ntsp("check", cwd=tmp_path, **settings | {"AWS_S3_BUCKET": "no-such-bucket-here", "KAFKA_RAW_TOPIC": "absent"})
    assert ended.returncode == 1
    assert "absent" in ended.stdout and "no-such-bucket-here" in ended.stdout


def test_simulate_fills_the_raw_topic(broker, tmp_path):
    from tests.support.topics import read_all
    broker.create_topics(2, "simulated")
    ended = ntsp("simulate", "--count", "100", "--nodes", "5", cwd=tmp_path, KAFKA_BOOTSTRAP_SERVERS=broker.bootstrap,
                 KAFKA_RAW_TOPIC="simulated")
    assert ended.returncode == 0, ended.stderr
    messages = read_all(broker.bootstrap, "simulated")
    assert len(messages) == 100 and all(json.loads(m.value()) for m in messages)


def test_demo_shows_the_whole_job_and_ends_by_itself(tmp_path):
    ended = ntsp("demo", "--seconds", "12", "--dir", "out", cwd=tmp_path, HTTP_LISTEN="127.0.0.1:0")
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert list((tmp_path / "out").rglob("*.parquet"))
    for word in ("node", "interface", "address", "dead letter", "alert"):
        assert word in ended.stdout.lower(), ended.stdout[-3000:]
    for dialect in ("eda", "gnmic-event", "gnmic-json", "gnmic-protojson", "telegraf", "cisco-pipeline", "cisco-mdt",
                    "yang-push"):
        assert re.search(rf"[1-9]\d* {dialect}\s", ended.stdout), ended.stdout[-3000:]
