"""The credentials of a role: temporary keys, as a container gets them from an address of its own, or from STS for a token."""

import datetime
import http.server
import json
import pathlib
import re
import socket
import threading
import time
import urllib.parse
import urllib.request

from tests.support.cloud import FaultProxy


class _Server:
    """A web server that answers each question with what `answer(handler)` gives, on a port of its own."""

    def __init__(self, answer, content_type: str):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = answer(self)
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Role:
    """Answers each question with new keys that expire after `seconds`. The environment for ntsp is `settings`."""

    def __init__(self, seconds: float, secret: str = "secret"):
        self.given: dict[str, float] = {}  # key → when it expires
        self._seconds, self._secret = seconds, secret
        self._server = _Server(self._answer, "application/json")

    def _answer(self, _) -> bytes:
        expires = int(time.time() + self._seconds)
        key = f"ROLE{len(self.given)}UNTIL{expires}"
        self.given[key] = expires
        until = datetime.datetime.fromtimestamp(expires, datetime.UTC)
        return json.dumps({"AccessKeyId": key, "SecretAccessKey": self._secret, "Token": "token-" + key,
                           "Expiration": until.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()

    @property
    def settings(self) -> dict[str, str]:
        return {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self._server.endpoint}/role",
                "AWS_REGION": "eu-central-1", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}

    def close(self) -> None:
        self._server.close()


class SignatureWatch(FaultProxy):
    """Passes on, and notes with which key, and when, each request to each service was signed."""

    def __init__(self, target_port: int):
        self.signed: list[tuple[float, str, str]] = []  # time, key, "s3" or "sns"
        super().__init__(target_port)

    def _pass(self, client: socket.socket) -> None:
        super()._pass(_Noting(client, self.signed))


class _Noting:
    """A socket that is read through."""

    def __init__(self, connection: socket.socket, signed: list):
        self._connection, self._signed = connection, signed

    def recv(self, size: int) -> bytes:
        data = self._connection.recv(size)
        for key, service in re.findall(rb"Credential=(\w+)/\d+/[\w-]+/(\w+)/", data):
            self._signed.append((time.time(), key.decode(), service.decode()))
        return data

    def __getattr__(self, name: str):
        return getattr(self._connection, name)


class WebIdentity:
    """A role by a token's file: STS is a real one (moto's), but what it gives is good for `seconds` only. The environment
    for ntsp is `settings`. The token is replaced by another each time that it was used, as Kubernetes does it."""

    ROLE = "arn:aws:iam::123456789012:role/ntsp"

    def __init__(self, cloud, folder: pathlib.Path, seconds: float):
        self.given: dict[str, float] = {}  # key → when it expires
        self.asked: list[dict[str, str]] = []
        self._cloud, self._seconds = cloud, seconds
        self._file = folder / "web-identity-token"
        self._next_token()
        self._server = _Server(self._answer, "text/xml")

    def _answer(self, handler) -> bytes:
        form = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.asked.append(dict(urllib.parse.parse_qsl(form.decode())))
        asked = urllib.request.Request(self._cloud.endpoint + handler.path, form, {
            "Content-Type": handler.headers["Content-Type"], "Host": "sts.eu-central-1.amazonaws.com"})
        with urllib.request.urlopen(asked) as answer:
            body = self._shortened(answer.read().decode()).encode()
        self._next_token()
        return body

    def _next_token(self) -> None:
        self._file.write_text(f"token-{len(self.asked)}\n")

    def _shortened(self, answer: str) -> str:
        key, until = re.search("<AccessKeyId>(.+)</AccessKeyId>", answer)[1], time.time() + self._seconds
        self.given[key] = until
        text = datetime.datetime.fromtimestamp(until, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        assert "<Expiration>" in answer
        return re.sub("<Expiration>.*</Expiration>", f"<Expiration>{text}</Expiration>", answer)

    @property
    def settings(self) -> dict[str, str]:
        return {"AWS_WEB_IDENTITY_TOKEN_FILE": str(self._file), "AWS_ROLE_ARN": self.ROLE, "AWS_ROLE_SESSION_NAME": "ntsp-test",
                "AWS_ENDPOINT_URL_STS": self._server.endpoint, "AWS_REGION": "eu-central-1",
                "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}

    def close(self) -> None:
        self._server.close()
