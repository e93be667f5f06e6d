"""MinIO, which verifies signatures, sessions and policies as AWS does, as a child process; built by `./dev minio`."""

import base64
import datetime
import http.server
import json
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

import boto3
from botocore.config import Config

from tests.support.certificates import Authority
from tests.support.cloud import Cloud
from tests.support.ports import free_port

BINARY = pathlib.Path(__file__).resolve().parents[2] / ".deps/minio/minio"
KEYS = {"AWS_ACCESS_KEY_ID": "minio-user", "AWS_SECRET_ACCESS_KEY": "minio-secret+/=", "AWS_REGION": "us-east-1"}


def why_not() -> str | None:
    return None if BINARY.is_file() else "NOT CHECKED: ./dev minio builds MinIO and checks against it (minutes, needs Go)"


class Minio(Cloud):
    """Buckets are found in the path, and as bucket.localhost. With `tls` its certificate is of an authority of its own,
    whose file is `authority`."""

    def __init__(self, tls: bool = False):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="minio-"))
        self.authority = self._certify() if tls else None
        self.port = free_port()
        self._log = open(self._folder / "out.log", "wb")
        self._process = subprocess.Popen(
            [BINARY, "server", "--quiet", "--address", f"127.0.0.1:{self.port}", "--console-address",
             f"127.0.0.1:{free_port()}", "--certs-dir", self._folder / "certs", self._folder / "data"],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "MINIO_ROOT_USER": KEYS["AWS_ACCESS_KEY_ID"],
                 "MINIO_ROOT_PASSWORD": KEYS["AWS_SECRET_ACCESS_KEY"], "MINIO_DOMAIN": "localhost", "MINIO_UPDATE": "off",
                 "MINIO_KMS_SECRET_KEY": "site-key:" + base64.b64encode(bytes(32)).decode()},
            stdout=self._log, stderr=self._log)
        deadline = time.time() + 60
        while True:
            try:
                self.client("s3").list_buckets()
                return
            except Exception:  # noqa: BLE001  not up yet
                assert time.time() < deadline and self._process.poll() is None, "MinIO did not start"
                time.sleep(0.2)

    def _certify(self) -> pathlib.Path:
        authority = Authority(self._folder, "store-authority")
        chain, key = authority.issue("store", ["127.0.0.1", "localhost"])
        (self._folder / "certs").mkdir()
        shutil.copy(chain, self._folder / "certs/public.crt")
        shutil.copy(key, self._folder / "certs/private.key")
        return authority.file

    @property
    def endpoint(self) -> str:
        return f"{'https' if self.authority else 'http'}://127.0.0.1:{self.port}"

    def client(self, service: str):
        return boto3.client(service, endpoint_url=self.endpoint, region_name=KEYS["AWS_REGION"],
                            verify=str(self.authority) if self.authority else None,
                            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
                            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))

    def bucket(self) -> str:
        name = f"telemetry-{free_port()}"
        self.client("s3").create_bucket(Bucket=name)
        return name

    def session(self, policy: dict | None = None) -> dict[str, str]:
        """Temporary keys, good for what the policy says; for everything without one."""
        given = self.client("sts").assume_role(RoleArn="arn:x:ignored:by:minio:", RoleSessionName="ntsp", DurationSeconds=900,
                                               **({"Policy": json.dumps(policy)} if policy else {}))["Credentials"]
        return {"AWS_ACCESS_KEY_ID": given["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": given["SecretAccessKey"],
                "AWS_SESSION_TOKEN": given["SessionToken"], "AWS_REGION": KEYS["AWS_REGION"]}

    def close(self) -> None:
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Sessions:
    """Gives new keys of MinIO at each question and says that they expire after `seconds`: as STS for a web identity, and as
    a container's address. The environments for ntsp are `web_identity` and `container`."""

    def __init__(self, store: Minio, seconds: float):
        sessions = self
        self.keys: list[str] = []
        self._store, self._seconds = store, seconds
        (store._folder / "token").write_text("a token of the cluster's")

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                key, secret, token, until = sessions._next()
                self._answer(f"<R><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
                             f"<SessionToken>{token}</SessionToken><Expiration>{until}</Expiration></Credentials></R>")

            def do_GET(self):
                key, secret, token, until = sessions._next()
                self._answer(json.dumps({"AccessKeyId": key, "SecretAccessKey": secret, "Token": token, "Expiration": until}))

            def _answer(self, text: str):
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _next(self) -> tuple[str, str, str, str]:
        given = self._store.session()
        self.keys.append(given["AWS_ACCESS_KEY_ID"])
        until = datetime.datetime.fromtimestamp(time.time() + self._seconds, datetime.UTC)
        return (given["AWS_ACCESS_KEY_ID"], given["AWS_SECRET_ACCESS_KEY"], given["AWS_SESSION_TOKEN"],
                until.strftime("%Y-%m-%dT%H:%M:%SZ"))

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def web_identity(self) -> dict[str, str]:
        return {"AWS_WEB_IDENTITY_TOKEN_FILE": str(self._store._folder / "token"), "AWS_ENDPOINT_URL_STS": self._address,
                "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/ntsp", "AWS_REGION": KEYS["AWS_REGION"]}

    @property
    def container(self) -> dict[str, str]:
        return {"AWS_CONTAINER_CREDENTIALS_FULL_URI": self._address + "/keys", "AWS_REGION": KEYS["AWS_REGION"],
                "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
