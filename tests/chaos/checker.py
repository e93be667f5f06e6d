"""What a storm left behind against what must be there: raw messages, tables, dead letters, Parquet objects.

Rows are compared by (batch_id, record_index), with all values; expected are those of the oracle, which has nothing of
ntsp's code.
"""

import collections
import dataclasses

from tests.support.oracle import Findings, check_dead_letters, check_topics, rows_of
from tests.support.parquet import File, hour_of, overlaps

EXAMPLES = 3


@dataclasses.dataclass
class Verdict:
    """`wrong`: kind of difference → examples; nothing in it means that all is there once."""

    wrong: dict[str, list] = dataclasses.field(default_factory=dict)
    counts: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    def add(self, kind: str, examples: list) -> None:
        if examples:
            self.wrong[kind] = self.wrong.get(kind, []) + examples

    def text(self) -> str:
        lines = []
        for kind, examples in self.wrong.items():
            lines.append(f"{len(examples)} x {kind}")
            lines += [f"    {str(e)[:300]}" for e in examples[:EXAMPLES]]
        return "\n".join(lines)


def check(sent: list, tables: dict[str, list], dead: list, files: list[File]) -> Verdict:
    """`sent`: raw messages with their places; `tables`: table → its messages, as read_committed readers see them."""
    verdict = Verdict()
    _topics(verdict, "the tables' topics", check_topics(sent, tables))
    _topics(verdict, "the dead letters", check_dead_letters(sent, dead))
    verdict.counts.update(messages=len(sent), dead_letters=len(dead), objects=len(files))
    _archive(verdict, tables, files)
    _ranges(verdict, tables, files)
    return verdict


def _topics(verdict: Verdict, where: str, found: Findings) -> None:
    verdict.counts[f"rows in {where}"] = found.found
    verdict.add(f"lost in {where}", found.lost)
    verdict.add(f"twice in {where}", found.twice)
    verdict.add(f"changed in {where}", found.wrong)
    verdict.add(f"nobody sent it, in {where}", found.foreign)


def _identity(row: dict) -> tuple:
    return row["batch_id"], row["record_index"]


def _archive(verdict: Verdict, tables: dict[str, list], files: list[File]) -> None:
    """Every published row is in one object of its partition, with its values, its hour and its offset's range."""
    want = {}
    for messages in tables.values():
        for message in messages:
            for row in rows_of(message.value()):
                want[_identity(row)] = (message.topic(), message.partition(), message.offset(), row)
    seen: collections.Counter = collections.Counter()
    for file in files:
        rows = file.rows()
        verdict.counts["rows in the objects"] += len(rows)
        if int(file.metadata["ntsp.rows"]) != len(rows):
            verdict.add("footer and content of an object differ", [file.key])
        for row in rows:
            seen[_identity(row)] += 1
            _row(verdict, file, row, want.get(_identity(row)))
    verdict.add("lost in the objects", [want[i] for i in want.keys() - seen.keys()])
    verdict.add("twice in the objects", [i for i, n in seen.items() if n > 1])


def _row(verdict: Verdict, file: File, row: dict, published: tuple | None) -> None:
    if published is None:
        return verdict.add("nobody published it, in the objects", [(file.key, row)])
    topic, partition, offset, same = published
    if row != same:
        verdict.add("changed in the objects", [(file.key, row, same)])
    if (topic, partition) != (file.topic, file.partition) or not file.start <= offset < file.end:
        verdict.add("in an object whose name does not cover it", [(file.key, topic, partition, offset)])
    if hour_of(row) != (file.dt, file.hour):
        verdict.add("in a wrong hour", [(file.key, row["timestamp"], row["received_at"])])


def _ranges(verdict: Verdict, tables: dict[str, list], files: list[File]) -> None:
    verdict.add("ranges in the objects' names overlap or have a gap", overlaps(files))
    starts: dict[tuple, int] = {}
    for file in files:
        at = (file.topic, file.partition)
        starts[at] = min(file.start, starts.get(at, file.start))
    first: dict[tuple, int] = {}
    for messages in tables.values():
        for message in messages:
            at = (message.topic(), message.partition())
            first[at] = min(message.offset(), first.get(at, message.offset()))
    verdict.add("the first range begins behind the first message",
                [(at, starts.get(at), offset) for at, offset in first.items() if starts.get(at, offset + 1) > offset])
