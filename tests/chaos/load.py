"""Raw messages from an idempotent producer that never gives up, each with its number in a header.

What was sent is told apart from what the topic holds in the end: a message that was never acknowledged may be there or
not, one that was must be.
"""

import contextlib
import datetime
import threading
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from tests.support.facts import Fabric, Made
from tests.support.oracle import Place

NUMBER = "chaos-number"


class Load:
    def __init__(self, bootstrap: str, topic: str, rate: int, seed: int):
        self._bootstrap, self._topic, self._rate, self._fabric = bootstrap, topic, rate, Fabric(seed)
        self.made: list[Made] = []
        self.acknowledged: set[int] = set()
        self._stop = threading.Event()
        self._producer = self._open()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _open(self) -> Producer:
        return Producer({"bootstrap.servers": self._bootstrap, "enable.idempotence": True, "linger.ms": 5, "log_level": 0,
                         "message.timeout.ms": 0, "partitioner": "murmur2_random", "socket.timeout.ms": 5000})

    def stop(self, timeout: float = 90) -> None:
        self._stop.set()
        self._thread.join()
        deadline = time.time() + timeout
        while self._producer.flush(1) and time.time() < deadline:
            pass

    def _run(self) -> None:
        began, count = time.time(), 0
        while not self._stop.is_set():
            while count < (time.time() - began) * self._rate and not self._stop.is_set():
                self._send()
                count += 1
            self._producer.poll(0.01)

    def _send(self) -> None:
        # So the load's times are as far from those of Kafka as in life, however long the storm lasts.
        now = datetime.datetime.now(datetime.timezone.utc)
        self._fabric.clock = now.replace(microsecond=now.microsecond // 1000 * 1000)
        number, made = len(self.made), self._fabric.message()
        self.made.append(made)

        def delivered(error, _message):
            if error is None:
                self.acknowledged.add(number)

        while not self._stop.is_set():
            try:
                self._producer.produce(self._topic, made.value, made.key, headers=[(NUMBER, str(number))],
                                       on_delivery=delivered)
                return
            except BufferError:
                self._producer.poll(0.1)


class Raw:
    """What the raw topic holds in the end, and what of the load is missing there."""

    def __init__(self, load: Load, messages: list):
        self.sent: list[tuple[Place, Made]] = []
        there = set()
        for message in messages:
            number = int(dict(message.headers())[NUMBER])
            there.add(number)
            place = Place(message.topic(), message.partition(), message.offset(), message.timestamp()[1])
            self.sent.append((place, load.made[number]))
        self.lost_by_kafka = sorted(load.acknowledged - there)


def read_all(bootstrap: str, topic: str, isolation: str = "read_committed", timeout: float = 180) -> list:
    """Every message of a topic up to its end, which must be at rest."""
    reader = Consumer({"bootstrap.servers": bootstrap, "group.id": "chaos-reader", "log_level": 0,
                       "isolation.level": isolation, "enable.auto.commit": False, "enable.partition.eof": True,
                       "auto.offset.reset": "earliest"})
    with contextlib.closing(reader):
        partitions = reader.list_topics(topic, 30).topics[topic].partitions
        reader.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in partitions])
        messages, at_end, deadline = [], set(), time.time() + timeout
        while len(at_end) < len(partitions):
            if time.time() > deadline:
                raise TimeoutError(f"{topic} could not be read to its end in {timeout:.0f} s")
            for message in reader.consume(1000, 0.2):
                if message.error() is None:
                    messages.append(message)
                else:
                    at_end.add(message.partition())
        return messages
