"""Raw messages in, tables out: what a collector and a reader do, with the broker's word for where each message lies."""

import contextlib
import time

from confluent_kafka import Consumer, Producer, TopicPartition

from tests.support.facts import Made
from tests.support.oracle import TABLES, Place


class Sender:
    """Produces to the raw topic and keeps what the broker acknowledged."""

    def __init__(self, bootstrap: str, topic: str):
        self._topic = topic
        self._producer = Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True, "linger.ms": 5,
                                   "message.max.bytes": 10_000_000, "partitioner": "murmur2_random", "log_level": 0,
                                   "message.timeout.ms": 120_000})
        self.sent: list[tuple[Place, Made]] = []

    def send(self, made: Made, headers: list | None = None, partition: int = -1) -> None:
        def delivered(error, message, made=made):
            if error is None:
                place = Place(message.topic(), message.partition(), message.offset(), message.timestamp()[1])
                self.sent.append((place, made))

        while True:
            try:
                self._producer.produce(self._topic, made.value, made.key, partition=partition, headers=headers,
                                       on_delivery=delivered)
                break
            except BufferError:
                self._producer.poll(0.1)
        self._producer.poll(0)

    def flush(self) -> None:
        assert self._producer.flush(120) == 0, "the broker did not take all raw messages"


def read_all(bootstrap: str, topic: str, isolation: str = "read_committed") -> list:
    """Every message of a topic up to its end as it is now."""
    reader = Consumer({"bootstrap.servers": bootstrap, "group.id": f"reader-{time.time_ns()}", "log_level": 0,
                       "isolation.level": isolation, "enable.auto.commit": False, "auto.offset.reset": "earliest",
                       "enable.partition.eof": True, "fetch.message.max.bytes": 10_000_000})
    with contextlib.closing(reader):
        partitions = reader.list_topics(topic, 30).topics[topic].partitions
        # While a load goes on there is always more, so the end is where it was when the reading began.
        end = {p: reader.get_watermark_offsets(TopicPartition(topic, p), 30)[1] for p in partitions}
        reader.assign([TopicPartition(topic, p, 0) for p in partitions])
        messages, at_end = [], set()
        deadline = time.time() + 120
        while len(at_end) < len(partitions):
            assert time.time() < deadline, f"{topic} could not be read to its end in 120 s"
            for message in reader.consume(1000, 0.2):
                if message.error() is None:
                    messages.append(message)
                if message.error() or message.offset() + 1 >= end[message.partition()]:
                    at_end.add(message.partition())
        return messages


def read_tables(bootstrap: str, names: dict[str, str]) -> dict[str, list]:
    return {table: read_all(bootstrap, names[table]) for table in TABLES}


def ends(bootstrap: str, topic: str, isolation: str = "read_uncommitted") -> dict[int, int]:
    """partition → offset after its last message; for read_committed, up to the first open transaction."""
    reader = Consumer({"bootstrap.servers": bootstrap, "group.id": "ends", "log_level": 0, "isolation.level": isolation})
    with contextlib.closing(reader):
        partitions = reader.list_topics(topic, 30).topics[topic].partitions
        return {p: reader.get_watermark_offsets(TopicPartition(topic, p), 30)[1] for p in partitions}


def committed(bootstrap: str, group: str, topic: str) -> dict[int, tuple[int, str]]:
    """partition → (committed offset, its metadata)."""
    reader = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "log_level": 0})
    with contextlib.closing(reader):
        partitions = reader.list_topics(topic, 30).topics[topic].partitions
        answer = reader.committed([TopicPartition(topic, p) for p in partitions], 30)
        return {a.partition: (a.offset, metadata(a)) for a in answer}


def metadata(position: TopicPartition) -> str:
    """Empty if there is none. This client reads beyond its end, and what it finds there may not be text."""
    try:
        return position.metadata or ""
    except UnicodeDecodeError:
        return "unreadable"
