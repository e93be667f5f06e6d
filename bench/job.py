"""One contender's run: where it reads, where it writes, from where to where."""

import pathlib
from dataclasses import dataclass, field

from bench import TABLES
from bench.lab import Lab
from tests.support.ports import free_port


@dataclass
class Job:
    lab: Lab
    name: str  # no two jobs of a lab have the same
    raw: str
    partitions: int
    workers: int = 1
    starts: dict[int, int] = field(default_factory=dict)  # offsets by partition; none: from the beginning
    bucket: str = ""  # empty: no archive
    port: int = field(default_factory=free_port)  # of the contender's own server, if it has one
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> pathlib.Path:
        """For files of an archive that is not on S3."""
        return self.lab.folder / self.name

    @property
    def group(self) -> str:
        return f"{self.name}-group"

    @property
    def tables(self) -> dict[str, str]:
        """table → topic"""
        return {table: f"{self.name}-{table}" for table in TABLES}

    @property
    def dead(self) -> str:
        return f"{self.name}-dlq"

    @property
    def outputs(self) -> list[str]:
        return [*self.tables.values(), self.dead, self.name]  # the last is the pass-through's

    def prepare(self) -> None:
        self.lab.make(self.outputs, self.partitions)
        if self.starts:
            self.lab.begin_at(self.group, self.raw, self.starts)

    def count(self) -> int:
        return sum(end - self.starts.get(p, 0) for p, end in self.lab.ends(self.raw).items())

    def done(self) -> int:
        """Raw messages that the group has committed."""
        return sum(offset - self.starts.get(p, 0) for p, offset in self.lab.committed(self.group, self.raw).items())

    def clear(self) -> None:
        self.lab.drop(self.outputs)


def last_part(ends: dict[int, int], share: float) -> dict[int, int]:
    """Where to begin to read that share of each partition; empty: all of it."""
    if share >= 1:
        return {}
    return {p: end - round(end * share) for p, end in ends.items()}
