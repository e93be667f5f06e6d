"""Follows a group's committed positions: whether it has come to the end, and how long a partition stood still."""

import contextlib
import threading
import time

from confluent_kafka import Consumer, KafkaException, TopicPartition

from tests.support.topics import metadata


class Watch:
    def __init__(self, bootstrap: str, group: str, topics: list[str], partitions: int):
        self._all = [TopicPartition(t, p) for t in topics for p in range(partitions)]
        self._group = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "log_level": 0,
                                "socket.timeout.ms": 5000})
        self._known: set[str] = set()
        self.longest = (0.0, "")  # seconds, and where
        self._since: dict[tuple, tuple[int, float]] = {}  # partition → position, and since when it is there with a lag
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def positions(self) -> dict[tuple[str, int], tuple[int, str]]:
        """(topic, partition) → committed offset and metadata; raises if the group cannot be asked."""
        with self._lock:
            answer = self._group.committed(self._all, 10)
        return {(a.topic, a.partition): (a.offset, metadata(a)) for a in answer}

    def end(self, topic: str, partition: int) -> int:
        with self._lock:
            if topic not in self._known:  # else the client does not ask
                self._known |= self._group.list_topics(timeout=5).topics.keys()
            return self._group.get_watermark_offsets(TopicPartition(topic, partition), 5)[1]

    def close(self) -> None:
        self._stop.set()
        self._thread.join(30)
        with contextlib.suppress(RuntimeError):
            self._group.close()

    def _run(self) -> None:
        while not self._stop.wait(1):
            with contextlib.suppress(KafkaException):
                for (topic, partition), (offset, _) in self.positions().items():
                    self._note(topic, partition, offset)

    def _note(self, topic: str, partition: int, offset: int) -> None:
        now, key = time.time(), (topic, partition)
        # The last offset may be a transaction's marker, which nobody reads.
        waits = self.end(topic, partition) - max(offset, 0) > 1
        before, since = self._since.get(key, (offset, now))
        if not waits or offset != before:
            since = now
        self._since[key] = (offset, since)
        self.longest = max(self.longest, (round(now - since, 1), f"{topic}/{partition}"))
