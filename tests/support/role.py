"""The credentials of a role, as a container gets them: temporary keys from an address of its own."""

import datetime
import http.server
import json
import re
import socket
import threading
import time

from tests.support.cloud import FaultProxy


class Role:
    """Answers each question with new keys that expire after `seconds`. The environment for ntsp is `settings`."""

    def __init__(self, seconds: float, secret: str = "secret"):
        role = self
        self.given: dict[str, float] = {}  # key → when it expires

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                expires = int(time.time() + seconds)
                key = f"ROLE{len(role.given)}UNTIL{expires}"
                role.given[key] = expires
                until = datetime.datetime.fromtimestamp(role.given[key], datetime.UTC)
                body = json.dumps({"AccessKeyId": key, "SecretAccessKey": secret, "Token": "token-" + key,
                                   "Expiration": until.strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def settings(self) -> dict[str, str]:
        return {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{self._server.server_port}/role",
                "AWS_REGION": "eu-central-1", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


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
