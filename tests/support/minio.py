"""MinIO, which verifies signatures as AWS does, as a child process; built by `./dev minio`."""

import pathlib
import shutil
import subprocess
import tempfile
import time

import boto3
from botocore.config import Config

from tests.support.cloud import Cloud
from tests.support.ports import free_port

BINARY = pathlib.Path(__file__).resolve().parents[2] / ".deps/minio/minio"
KEYS = {"AWS_ACCESS_KEY_ID": "minio-user", "AWS_SECRET_ACCESS_KEY": "minio-secret+/=", "AWS_REGION": "us-east-1"}


def why_not() -> str | None:
    return None if BINARY.is_file() else "NOT CHECKED: ./dev minio builds MinIO and checks against it (minutes, needs Go)"


class Minio(Cloud):
    """Buckets are found in the path, and as bucket.localhost."""

    def __init__(self):
        self.port, self._tls = free_port(), None
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="minio-"))
        self._log = open(self._folder / "out.log", "wb")
        self._process = subprocess.Popen(
            [BINARY, "server", "--quiet", "--address", f"127.0.0.1:{self.port}", "--console-address",
             f"127.0.0.1:{free_port()}", self._folder / "data"],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "MINIO_ROOT_USER": KEYS["AWS_ACCESS_KEY_ID"],
                 "MINIO_ROOT_PASSWORD": KEYS["AWS_SECRET_ACCESS_KEY"], "MINIO_DOMAIN": "localhost", "MINIO_UPDATE": "off"},
            stdout=self._log, stderr=self._log)
        deadline = time.time() + 60
        while True:
            try:
                self.client("s3").list_buckets()
                return
            except Exception:  # noqa: BLE001  not up yet
                assert time.time() < deadline and self._process.poll() is None, "MinIO did not start"
                time.sleep(0.2)

    def client(self, service: str):
        return boto3.client(service, endpoint_url=self.endpoint, region_name=KEYS["AWS_REGION"],
                            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
                            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))

    def bucket(self) -> str:
        name = f"telemetry-{free_port()}"
        self.client("s3").create_bucket(Bucket=name)
        return name

    def close(self) -> None:
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)
