"""The broker and the store that all contenders share, and what they are asked about topics and groups."""

import contextlib
import pathlib
import shutil
import tempfile
import time

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, IsolationLevel, KafkaException, TopicPartition
from confluent_kafka.admin import OffsetSpec

from tests.support.broker import Broker
from tests.support.cloud import Cloud


class Lab:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
        self.broker = Broker()
        self._admin = self.broker.admin()
        self._cloud: Cloud | None = None
        self._topics: dict[tuple, str] = {}  # what was asked for → the topic that has it
        self.idle: dict[tuple, list[float]] = {}  # contender, partitions, workers → CPU of idle lives
        self.sizes: dict[str, float] = {}  # of raw topics: bytes a message

    def __enter__(self) -> "Lab":
        return self

    def __exit__(self, *_) -> None:
        if self._cloud:
            self._cloud.close()
        self.broker.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def bootstrap(self) -> str:
        return self.broker.bootstrap

    @property
    def cloud(self) -> Cloud:
        """S3's stand-in, a process of its own."""
        self._cloud = self._cloud or Cloud()
        return self._cloud

    def topic(self, data, count: int, partitions: int) -> str:
        """A raw topic with that many messages; made once. `data`: a bench.data.Data."""
        key = (data, count, partitions)
        if key not in self._topics:
            name = f"raw-{data.name}-{count}-{partitions}"
            self.make([name], partitions)
            self.sizes[name] = data.fill(self.bootstrap, name, count) if count else 0
            self._topics[key] = name
        return self._topics[key]

    def forget(self, topic: str) -> None:
        self._topics = {k: name for k, name in self._topics.items() if name != topic}
        self.drop([topic])

    def make(self, topics: list[str], partitions: int, limit: float = 30) -> None:
        """Returns when their partitions answer: right after it, they have no leader yet."""
        self.broker.create_topics(partitions, *topics)
        deadline = time.monotonic() + limit
        for topic in topics:
            while True:
                try:
                    if len(self.ends(topic)) == partitions:
                        break
                except KafkaException:
                    if time.monotonic() > deadline:
                        raise
                time.sleep(0.05)

    def drop(self, topics: list[str]) -> None:
        for future in self._admin.delete_topics(topics).values():
            future.exception(30)  # what was never made cannot be deleted

    def ends(self, topic: str) -> dict[int, int]:
        partitions = self._admin.list_topics(topic, 30).topics[topic].partitions
        asked = self._admin.list_offsets({TopicPartition(topic, p): OffsetSpec.latest() for p in partitions},
                                         isolation_level=IsolationLevel.READ_UNCOMMITTED)
        return {place.partition: future.result(30).offset for place, future in asked.items()}

    def committed(self, group: str, topic: str) -> dict[int, int]:
        asked = self._admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])
        found = next(iter(asked.values())).result(30).topic_partitions
        return {p.partition: p.offset for p in found if p.topic == topic and p.offset >= 0}

    def begin_at(self, group: str, topic: str, offsets: dict[int, int]) -> None:
        """As if the group had got so far."""
        client = Consumer({"bootstrap.servers": self.bootstrap, "group.id": group, "log_level": 0, "enable.auto.commit": False})
        client.commit(offsets=[TopicPartition(topic, p, o) for p, o in offsets.items()], asynchronous=False)
        client.close()

    def wait_joined(self, group: str, running, timeout: float) -> None:
        """Until the group has members that know their partitions."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and running():
            with contextlib.suppress(KafkaException):  # its coordinator may not know that it is one yet
                described = self._admin.describe_consumer_groups([group])[group].result(30)
                if described.state.name == "STABLE" and described.members:
                    return
            time.sleep(0.2)

    def log_bytes(self, topics: list[str]) -> int:
        """What the broker keeps of them, compressed."""
        data = pathlib.Path(self.broker.data)
        return sum(f.stat().st_size for t in topics for f in data.glob(f"{t}-[0-9]*/*.log"))
