"""A group's committed positions, and where its topics end."""

import time

from confluent_kafka import Consumer, KafkaException, TopicPartition

from tests.support.topics import metadata


class Positions:
    def __init__(self, bootstrap: str, group: str, topics: list[str], partitions: int):
        self._all = [TopicPartition(t, p) for t in topics for p in range(partitions)]
        self._group = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "log_level": 0,
                                "socket.timeout.ms": 5000})

    def committed(self) -> dict[tuple[str, int], tuple[int, str]]:
        """(topic, partition) → committed offset and metadata; raises if the group cannot be asked."""
        answer = self._group.committed(self._all, 10)
        return {(a.topic, a.partition): (a.offset, metadata(a)) for a in answer}

    def end(self, topic: str, partition: int, seconds: float = 60) -> int:
        """Raises if it cannot be had in that time."""
        deadline = time.time() + seconds
        while True:
            try:
                self._group.list_topics(topic, 5)  # else the client does not know whom to ask
                return self._group.get_watermark_offsets(TopicPartition(topic, partition), 5)[1]
            except KafkaException:
                if time.time() > deadline:
                    raise
                time.sleep(0.3)
