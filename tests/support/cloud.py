"""S3, SNS and SQS on this machine (moto), and a proxy in front of it that can break."""

import contextlib
import json
import pathlib
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import uuid

import boto3

from tests.support.ports import free_port

KEYS = {"AWS_ACCESS_KEY_ID": "test-key", "AWS_SECRET_ACCESS_KEY": "test-secret", "AWS_REGION": "eu-central-1"}


class Cloud:
    """`tls`: the files of a certificate, which clients have to trust, and of its key."""

    def __init__(self, tls: tuple[str, str] | None = None):
        self.port, self._tls = free_port(), tls
        self._log = open(pathlib.Path(tempfile.mkdtemp(prefix="moto-")) / "out.log", "wb")
        self._process = subprocess.Popen(
            [pathlib.Path(sys.executable).parent / "moto_server", "-H", "127.0.0.1", "-p", str(self.port),
             *(["-c", tls[0], "-k", tls[1]] if tls else [])],
            stdout=self._log, stderr=self._log)
        deadline = time.time() + 30
        while True:
            try:
                self.client("s3").list_buckets()
                return
            except Exception:  # noqa: BLE001  not up yet
                assert time.time() < deadline and self._process.poll() is None, "moto did not start"
                time.sleep(0.2)

    @property
    def endpoint(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def client(self, service: str):
        return boto3.client(service, endpoint_url=self.endpoint, verify=self._tls and self._tls[0], region_name=KEYS["AWS_REGION"],
                            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
                            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"])

    def bucket(self) -> str:
        name = f"telemetry-{uuid.uuid4().hex[:12]}"
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_REGION"]})
        return name

    def objects(self, bucket: str) -> dict[str, bytes]:
        s3 = self.client("s3")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        keys = [o["Key"] for page in pages for o in page.get("Contents", [])]
        return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}

    def alert_topic(self, fifo: bool = False) -> "AlertTopic":
        return AlertTopic(self, fifo)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class AlertTopic:
    """An SNS topic with an SQS queue subscribed to it: what a person's pager would get."""

    def __init__(self, cloud: Cloud, fifo: bool = False):
        name = f"alerts-{uuid.uuid4().hex[:12]}" + (".fifo" if fifo else "")
        sns, self._sqs = cloud.client("sns"), cloud.client("sqs")
        self.arn = sns.create_topic(Name=name, Attributes={"FifoTopic": "true"} if fifo else {})["TopicArn"]
        self._queue = self._sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"} if fifo else {})["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=self.arn, Protocol="sqs", Endpoint=arn)

    def received(self) -> list[dict]:
        """What came since the last call: SNS envelopes with `body`, the message as JSON, and `attributes` of the queue."""
        envelopes = []
        while answer := self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10,
                                                  AttributeNames=["All"]).get("Messages"):
            for message in answer:
                envelope = json.loads(message["Body"])
                envelopes.append(envelope | {"body": json.loads(envelope["Message"]), "attributes": message["Attributes"]})
                self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return envelopes


class FaultProxy:
    """Passes TCP on to a server; in `mode` "error" it answers `status` itself, in "hang" it takes the request and says
    nothing, in "away" it refuses connections. A change of mode cuts the connections there are. `address`: where it listens,
    on any of this machine's."""

    def __init__(self, target_port: int, address: str = "127.0.0.1"):
        self.port, self._target, self._address = free_port(), target_port, address
        self.mode, self.status, self.faults = "pass", 503, 0
        self._open: set[socket.socket] = set()
        self._server: socketserver.ThreadingTCPServer | None = None
        self._listen()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, mode: str, status: int = 503) -> None:
        was, self.mode, self.status = self.mode, mode, status
        if mode == "away":
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        elif was == "away":
            self._listen()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def move(self, address: str) -> None:
        """Away from where it is, and from now on there."""
        self.set("away")
        self._address = address
        self.set("pass")

    def close(self) -> None:
        if self.mode != "away":
            self.set("away")

    def _listen(self) -> None:
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                proxy._serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True
            block_on_close = False

        self._server = Server((self._address, self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._open.add(client)
        try:
            if self.mode == "pass":
                self._pass(client)
                return
            self.faults += 1
            client.recv(65536)
            if self.mode == "error":
                time.sleep(0.05)
                client.sendall(f"HTTP/1.1 {self.status} Fault\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            while self.mode == "hang" and client.recv(65536):
                pass
        except OSError:
            pass
        finally:
            self._open.discard(client)

    def _pass(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._target)) as server:
            self._open.add(server)
            back = threading.Thread(target=_copy, args=(server, client), daemon=True)
            back.start()
            _copy(client, server)
            back.join()
            self._open.discard(server)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
