"""A read_committed reader of one topic that sees messages as they come."""

import contextlib
import time

from confluent_kafka import Consumer, TopicPartition


class Reader:
    def __init__(self, lab, topic: str):
        self._consumer = Consumer({"bootstrap.servers": lab.bootstrap, "group.id": "bench-reader", "log_level": 0,
                                   "enable.auto.commit": False, "isolation.level": "read_committed",
                                   "auto.offset.reset": "earliest", "fetch.message.max.bytes": 10_000_000})
        self._consumer.assign([TopicPartition(topic, p, 0) for p in lab.ends(topic)])

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_) -> None:
        with contextlib.suppress(RuntimeError):
            self._consumer.close()

    def take(self, wait_s: float) -> list[bytes]:
        return [message.value() for message in self._consumer.consume(10_000, wait_s) if not message.error()]

    def first(self, limit_s: float) -> float:
        """When the first message is there, by time.monotonic(). TimeoutError: none came."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            message = self._consumer.poll(0.2)
            if message is not None and not message.error():
                return time.monotonic()
        raise TimeoutError(f"no record in {limit_s:.0f} s")
