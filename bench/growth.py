"""How cost and memory grow with partitions, workers, messages, nodes, and large messages: one axis at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.data import HUGE, MIDDLE, Data, of_nodes


@dataclass(frozen=True)
class Point:
    axis: str
    x: int
    data: Data
    count: int
    partitions: int = 4
    workers: int = 1


def points(count: int, quick: bool = False, longest: bool = False) -> Iterator[Point]:
    """`count`: messages of a run where their number is not the axis."""
    for partitions in (1, 4, 16, 64):
        yield Point("partitions", partitions, MIDDLE, count, partitions=partitions)
    most = 1_000_000 if not quick else 10_000
    for messages in (10**4, 10**5, 10**6, 10**7):
        if messages <= most or (longest and not quick):
            yield Point("messages", messages, MIDDLE, messages)
    for nodes in (1, 30, 1000):
        yield Point("nodes", nodes, of_nodes(nodes), count)
    for workers in (1, 2, 4):
        yield Point("workers", workers, MIDDLE, count, workers=workers)
    yield Point("1 MB messages", 1, HUGE, max(count // 250, 20))
