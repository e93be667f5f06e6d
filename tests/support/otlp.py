"""An OTLP receiver that believes only what the official protobuf classes can read."""

import base64
import collections
import gzip
import http.server
import json
import threading

from google.protobuf.json_format import ParseDict
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

REQUESTS = {"/v1/logs": ExportLogsServiceRequest, "/v1/traces": ExportTraceServiceRequest,
            "/v1/metrics": ExportMetricsServiceRequest}
IDS = ("traceId", "spanId", "parentSpanId")

Span = collections.namedtuple("Span", "name trace span start end failed attributes")
Log = collections.namedtuple("Log", "event level body trace span attributes")
Point = collections.namedtuple("Point", "metric attributes value")


class Receiver:
    """Answers 200, or as `answer` says: a status, or None to hang. What it was sent is in `logs`, `spans`, `points` (the
    last of each series); `errors` are requests that OTLP does not allow."""

    def __init__(self):
        self.answer: int | None = 200
        self.requests: list[tuple[str, dict]] = []  # path, headers
        self.errors: list[str] = []
        self.logs: list[Log] = []
        self.spans: list[Span] = []
        self.points: dict[tuple, Point] = {}
        self.resources: list[dict] = []
        self._lock, self._closed = threading.Lock(), threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver._take(self.path, dict(self.headers), body)
                if status is None:
                    receiver._closed.wait(60)
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    def _take(self, path: str, headers: dict, body: bytes) -> int | None:
        with self._lock:
            self.requests.append((path, headers))
            if self.answer != 200:
                return self.answer
            try:
                self._read(path, headers, body)
            except Exception as error:  # whatever the official classes do not take
                self.errors.append(f"{path}: {error}")
            return 200

    def _read(self, path: str, headers: dict, body: bytes) -> None:
        assert headers["Content-Type"] == "application/json"
        if headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        request = ParseDict(_with_base64_ids(json.loads(body)), REQUESTS[path]())
        for of_resource in getattr(request, REQUESTS[path].DESCRIPTOR.fields[0].name):
            self.resources.append(_plain(of_resource.resource.attributes))
            if path == "/v1/logs":
                self.logs += [_log(r) for s in of_resource.scope_logs for r in s.log_records]
            elif path == "/v1/traces":
                self.spans += [_span(r) for s in of_resource.scope_spans for r in s.spans]
            else:
                for point in (p for s in of_resource.scope_metrics for m in s.metrics for p in _points(m)):
                    self.points[(point.metric, *sorted(point.attributes.items()))] = point

    def value(self, metric: str, **labels: str) -> float:
        """The sum of the last values of the series with these labels."""
        points = [p for p in self.points.values() if p.metric == metric]
        return sum(p.value for p in points if labels.items() <= p.attributes.items())

    def events(self, name: str) -> list[Log]:
        return [log for log in self.logs if log.event == name]


def _with_base64_ids(value):
    """OTLP's JSON has ids in hex where protobuf's JSON has base64."""
    if isinstance(value, list):
        return [_with_base64_ids(v) for v in value]
    if not isinstance(value, dict):
        return value
    return {k: base64.b64encode(bytes.fromhex(v)).decode() if k in IDS else _with_base64_ids(v) for k, v in value.items()}


def _plain(attributes) -> dict:
    plain = {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in attributes}
    assert len(plain) == len(attributes), "a key came twice"
    return plain


def _log(record) -> Log:
    attributes = _plain(record.attributes)
    assert record.time_unix_nano and record.severity_number
    return Log(attributes["event.name"], record.severity_text, record.body.string_value, record.trace_id, record.span_id,
               attributes)


def _span(span) -> Span:
    assert len(span.trace_id) == 16 and len(span.span_id) == 8 and 0 < span.start_time_unix_nano <= span.end_time_unix_nano
    return Span(span.name, span.trace_id, span.span_id, span.start_time_unix_nano, span.end_time_unix_nano,
                span.status.code == span.status.STATUS_CODE_ERROR, _plain(span.attributes))


def _points(metric):
    kind = metric.WhichOneof("data")
    for point in getattr(metric, kind).data_points:
        assert point.start_time_unix_nano <= point.time_unix_nano
        if kind == "histogram":
            assert sum(point.bucket_counts) == point.count and len(point.bucket_counts) == len(point.explicit_bounds) + 1
        yield Point(metric.name, _plain(point.attributes), point.count if kind == "histogram" else point.as_double)
