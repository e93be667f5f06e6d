"""A real Kafka broker (KRaft, one node) as a child process.

It keeps its port and its data over a restart, so clients find it again.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

from confluent_kafka.admin import AdminClient, NewTopic

from tests.support.ports import free_port

JARS = pathlib.Path(__file__).resolve().parents[2] / ".deps" / "kafka"

# The last two make a group settle within the pauses of a chaos test; see the default session timeout of clients.
PROPERTIES = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}{listeners}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}{advertised}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT{security}
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
num.partitions=1
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
default.replication.factor=1
message.max.bytes=10485760
replica.fetch.max.bytes=10485760
num.network.threads=2
num.io.threads=2
log.cleaner.enable=false
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
{more}
"""


class Broker:
    def __init__(self, more_properties: str = "", extra_listeners: list[tuple[str, str, int]] = (),
                 classes: pathlib.Path | None = None, told: dict[str, str] | None = None):
        """Listeners beside the plain one: (name, security protocol, port); `classes`: more for Java's class path; `told`:
        listener → the "host:port" that its clients are told, where they get there by way of something else."""
        told = told or {}
        self.port, self._controller = free_port(), free_port()
        self._class_path = f"{JARS / '*'}:{classes}" if classes else str(JARS / "*")
        self._dir = pathlib.Path(tempfile.mkdtemp(prefix="kafka-"))
        self._config = self._dir / "server.properties"
        self._config.write_text(PROPERTIES.format(
            port=self.port, controller=self._controller, data=self._dir / "data", more=more_properties,
            listeners="".join(f",{n}://127.0.0.1:{p}" for n, _, p in extra_listeners),
            advertised="".join(f",{n}://{told.get(n, f'localhost:{p}')}" for n, _, p in extra_listeners),
            security="".join(f",{n}:{s}" for n, s, _ in extra_listeners)))
        self._process: subprocess.Popen | None = None
        cluster = uuid.uuid4().hex[:22]
        self._java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self._config)).wait(60)
        self.start()

    @property
    def bootstrap(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def data(self) -> pathlib.Path:
        """Where the partitions' logs are."""
        return self._dir / "data"

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> None:
        self._process = self._java("kafka.Kafka", str(self._config))
        deadline = time.time() + 120
        while time.time() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the broker ended at start: see {self._dir / 'out.log'}")
            try:
                if self.admin().list_topics(timeout=2).brokers:
                    return
            except Exception:  # noqa: BLE001  not up yet
                time.sleep(0.2)
        raise RuntimeError("the broker did not start in 120 s")

    def admin(self) -> AdminClient:
        return AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})

    def create_topics(self, partitions: int, *names: str, config: dict | None = None) -> None:
        admin = self.admin()
        made = admin.create_topics([NewTopic(n, partitions, 1, config=config or {}) for n in names])
        for future in made.values():
            future.result(30)

    def stop(self, hard: bool = False) -> None:
        """Ends it; `hard` as kill -9 does."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def close(self) -> None:
        self.stop(hard=True)
        shutil.rmtree(self._dir, ignore_errors=True)

    def _java(self, *args: str) -> subprocess.Popen:
        log = open(self._dir / "out.log", "ab")
        return subprocess.Popen(
            ["java", "-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
             "-cp", self._class_path, *args],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self._dir, env={**os.environ, "LC_ALL": "C"})


if __name__ == "__main__":
    broker = Broker()
    print(broker.bootstrap, broker.pid, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        signal.pause()
    finally:
        broker.close()
