"""Three Kafka brokers (KRaft, each a controller, too) that can be killed, stopped and started one by one."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

from confluent_kafka.admin import AdminClient, NewTopic

from tests.chaos import child
from tests.support.broker import JARS
from tests.support.ports import free_port

# Groups, sessions and transactions settle within the pauses of a storm.
PROPERTIES = """
process.roles=broker,controller
node.id={id}
controller.quorum.voters={voters}
listeners=PLAINTEXT://{address}:{port},CONTROLLER://{address}:{controller}
advertised.listeners=PLAINTEXT://{address}:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
default.replication.factor=3
min.insync.replicas=2
offsets.topic.replication.factor=3
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
transaction.state.log.num.partitions=3
transaction.abort.timed.out.transaction.cleanup.interval.ms=2000
unclean.leader.election.enable=false
message.max.bytes=10485760
replica.fetch.max.bytes=10485760
replica.lag.time.max.ms=6000
broker.session.timeout.ms=6000
broker.heartbeat.interval.ms=1000
controller.quorum.election.timeout.ms=2000
controller.quorum.fetch.timeout.ms=4000
num.network.threads=2
num.io.threads=2
log.cleaner.enable=false
log.segment.bytes=33554432
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
"""


class Member:
    def __init__(self, number: int, network, folder: pathlib.Path):
        self.id, self.name = number, f"kafka{number}"
        self.address = network.add(self.name)
        self.port, self.controller = free_port(), free_port()
        self.folder = folder / self.name
        self.folder.mkdir()
        self._within = network.within(self.name)
        self.process: subprocess.Popen | None = None
        self.starts = 0

    def configure(self, voters: str) -> None:
        (self.folder / "server.properties").write_text(PROPERTIES.format(
            id=self.id, voters=voters, address=self.address, port=self.port, controller=self.controller,
            data=self.folder / "data"))

    def java(self, *args: str) -> subprocess.Popen:
        with open(self.folder / "out.log", "ab") as log:
            return child.start([*self._within, "java", "-Xmx256m", "-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                                "-cp", str(JARS / "*"), *args], log, cwd=self.folder, env={**os.environ, "LC_ALL": "C"})

    def start(self) -> None:
        self.starts += 1
        self.process = self.java("kafka.Kafka", str(self.folder / "server.properties"))

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, hard: bool) -> None:
        if not self.running():
            return
        self.process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
        try:
            self.process.wait(20)  # a controlled shutdown waits for the others
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def signal(self, number: int) -> None:
        if self.running():
            self.process.send_signal(number)


class Cluster:
    def __init__(self, network, folder: pathlib.Path):
        self.members = [Member(n, network, folder) for n in (1, 2, 3)]
        voters = ",".join(f"{m.id}@{m.address}:{m.controller}" for m in self.members)
        for member in self.members:
            member.configure(voters)
        self._format()
        for member in self.members:
            member.start()

    @property
    def bootstrap(self) -> str:
        return ",".join(f"{m.address}:{m.port}" for m in self.members)

    def member(self, name: str) -> Member:
        return next(m for m in self.members if m.name == name)

    def _format(self) -> None:
        """Formats the first and gives the others a copy under their own number: one Java start instead of three."""
        first = self.members[0]
        code = first.java("kafka.tools.StorageTool", "format", "-t", "Y2hhb3MtdGVzdC1udHNwMA",
                          "-c", str(first.folder / "server.properties")).wait(120)
        if code != 0:
            raise RuntimeError(f"Kafka's storage could not be formatted: see {first.folder / 'out.log'}")
        for member in self.members[1:]:
            shutil.copytree(first.folder / "data", member.folder / "data")
            properties = member.folder / "data" / "meta.properties"
            text = re.sub(r"node\.id=\d+", f"node.id={member.id}", properties.read_text())
            properties.write_text(re.sub(r"directory\.id=.", f"directory.id={'ABC'[member.id - 1]}", text))

    def admin(self) -> AdminClient:
        return AdminClient({"bootstrap.servers": self.bootstrap, "log_level": 0})

    def wait_whole(self, seconds: float) -> bool:
        """Until all brokers run and every replica is in sync; False if that took too long."""
        admin, deadline = self.admin(), time.time() + seconds
        while time.time() < deadline:
            try:
                metadata = admin.list_topics(timeout=2)
                if len(metadata.brokers) == 3 and all(
                        len(p.isrs) == len(p.replicas) and p.leader >= 0
                        for t in metadata.topics.values() for p in t.partitions.values()):
                    return True
            except Exception:  # noqa: BLE001  not up yet
                pass
            time.sleep(0.3)
        return False

    def create_topics(self, partitions: int, names: list[str]) -> None:
        admin = self.admin()  # must outlive the answer
        made = admin.create_topics([NewTopic(n, partitions, 3) for n in names])
        for future in made.values():
            future.result(60)
