"""Logs, spans and metrics as a receiver of OTLP gets them, and records that flow on when it is away."""

import collections

import pytest

from tests.support.load import assert_archived_once, assert_published_once, send_all, wait_archived, wait_published
from tests.support.otlp import Receiver
from tests.support.ports import free_port
from tests.support.service import wait_for

TOKEN = "hunter2token"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


def to(receiver: Receiver) -> dict:
    return {"LOGFIRE_TOKEN": TOKEN, "LOGFIRE_BASE_URL": receiver.url, "OTEL_METRIC_EXPORT_INTERVAL": "1000"}


def test_logs_spans_and_metrics_tell_what_was_done(service, cloud, bucket, receiver):
    job = service(2, **bucket, **to(receiver), SERVICE_NAME="svc", SERVICE_VERSION="9.8",
                  OTEL_RESOURCE_ATTRIBUTES="team=net%20ops")
    process = job.start().wait_ready()
    sent = send_all(job, 2_000)
    wait_published(job)
    wait_archived(job)
    files = assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], assert_published_once(job, sent))
    assert process.terminate() == 0
    assert not receiver.errors, receiver.errors[:3]

    assert {h["Authorization"] for _, h in receiver.requests} == {TOKEN}
    assert {p for p, _ in receiver.requests} == {"/v1/logs", "/v1/traces", "/v1/metrics"}
    for resource in receiver.resources:
        assert resource.items() >= {"service.name": "svc", "service.version": "9.8", "service.instance.id": "one",
                                    "team": "net ops"}.items() and resource["host.name"]

    batches = [s for s in receiver.spans if s.name == "normalize batch" and s.attributes["ntsp.outcome"] == "committed"]
    total = collections.Counter()
    for batch in batches:
        total.update({k: v for k, v in batch.attributes.items() if isinstance(v, int)})
        assert batch.attributes["ntsp.commit_seconds"] > 0 and not batch.failed
    dead = sum(1 for _, made in sent if made.dead)
    assert (total["ntsp.messages"], total["ntsp.dead_letters"]) == (len(sent), dead) and dead > 10
    assert total["ntsp.records"] == receiver.value("ntsp_publish_records_total") > 0
    assert receiver.value("ntsp_publish_messages_total") == len(sent)
    assert receiver.value("ntsp_otlp_dropped_total") == 0

    spans = {(s.trace, s.span): s for s in receiver.spans}
    assert len(spans) == len(receiver.spans)
    letters = receiver.events("dead-letter")
    assert letters and all(spans[(log.trace, log.span)].attributes["ntsp.dead_letters"] > 0 for log in letters)

    windows = [s.attributes for s in receiver.spans if s.name == "archive window" and s.attributes["ntsp.outcome"] == "archived"]
    stored = [key for w in windows for key in w["ntsp.object_keys"].split(",") if key]
    assert sorted(f"processed/{key}" if not key.startswith("processed/") else key for key in stored) == \
        sorted(f.key for f in files)
    assert sum(w["ntsp.rows"] for w in windows) == total["ntsp.records"]
    assert receiver.events("started") and receiver.events("stopped")
    assert not any(TOKEN in str(log) for log in receiver.logs) and TOKEN not in process.log.read_text()


def test_any_receiver_serves_with_the_variables_of_opentelemetry(service, receiver):
    job = service(1, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url + "/", OTEL_EXPORTER_OTLP_HEADERS="x-key=a%20b",
                  OTEL_EXPORTER_OTLP_COMPRESSION="none", OTEL_METRICS_EXPORTER="none", OTEL_SERVICE_NAME="other")
    process = job.start().wait_ready()
    send_all(job, 50)
    wait_published(job)
    assert process.terminate() == 0
    assert not receiver.errors, receiver.errors[:3]
    assert {p for p, _ in receiver.requests} == {"/v1/logs", "/v1/traces"}
    assert all(h["x-key"] == "a b" and "Content-Encoding" not in h for _, h in receiver.requests)
    assert {r["service.name"] for r in receiver.resources} == {"other"}


@pytest.mark.parametrize("how", ["hangs", "refuses connections", "is busy"])
def test_records_flow_on_while_the_receiver_is_away_and_what_waited_arrives_later(service, receiver, how):
    receiver.answer = {"hangs": None, "is busy": 503}.get(how, 200)
    settings = to(receiver) | {"OTEL_EXPORTER_OTLP_TIMEOUT": "500"}
    if how == "refuses connections":
        settings["LOGFIRE_BASE_URL"] = f"http://127.0.0.1:{free_port()}"
    job = service(2, **settings)
    process = job.start().wait_ready()
    sent = send_all(job, 2_000)
    wait_published(job)
    assert_published_once(job, sent)
    # Old values of metrics are given up for newer ones; logs and spans wait.
    wait_for(lambda: process.metric("ntsp_otlp_dropped_total", signal="metrics", reason="undelivered") > 0, 30)
    wait_for(lambda: '"otlp":{"ok":false' in process.get("/readyz")[1], 10, lambda: process.get("/readyz")[1])
    assert process.metric("ntsp_otlp_sent_total") == 0
    assert process.get("/readyz")[0] == 200
    if how != "refuses connections":
        receiver.answer = 200
        wait_for(lambda: process.metric("ntsp_otlp_sent_total", signal="traces") > 0, 60)
    assert process.terminate() == 0
    told = [line["event"] for line in job.logs() if line["event"].startswith("otlp-")]
    if how == "refuses connections":
        assert told == ["otlp-failing"]
        return
    assert told == ["otlp-failing", "otlp-recovered"] and not receiver.errors
    committed = [s for s in receiver.spans if s.attributes["ntsp.outcome"] == "committed"]
    assert sum(s.attributes["ntsp.messages"] for s in committed) == len(sent)


def test_a_wrong_token_is_told_once_and_not_tried_all_the_time(service, receiver):
    receiver.answer = 401
    job = service(2, **to(receiver))
    process = job.start().wait_ready()
    sent = send_all(job, 1_000)
    wait_published(job)
    assert_published_once(job, sent)
    wait_for(lambda: process.metric("ntsp_otlp_dropped_total", reason="refused") > 0, 20)
    assert process.terminate() == 0
    lines = [line for line in job.logs() if line["event"].startswith("otlp-")]
    assert [line["event"] for line in lines] == ["otlp-refused"] and "LOGFIRE_TOKEN" in lines[0]["message"]
    assert len(receiver.requests) <= 3, "one of each signal"
    assert TOKEN not in process.log.read_text()
