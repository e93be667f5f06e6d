"""The archive as a reader of Parquet sees it, and whether it is the topics' content, once."""

import collections
import datetime
import io
import re

import pyarrow.parquet as pq

from tests.support.oracle import Findings, rows_of

KEY = re.compile(
    r"(?:(?P<prefix>.*)/)?(?P<table>node|interface|address)/dt=(?P<dt>\d{4}-\d\d-\d\d)/hour=(?P<hour>\d\d)/"
    r"(?P<topic>.+)-(?P<partition>\d+)-(?P<start>\d{20})-(?P<end>\d{20})-(?P<ts>\d+)\.parquet")


class File:
    def __init__(self, key: str, data: bytes):
        match = KEY.fullmatch(key)
        assert match, f"not an object key of the archive: {key}"
        self.key, self.table, self.topic = key, match["table"], match["topic"]
        self.partition, self.start, self.end = int(match["partition"]), int(match["start"]), int(match["end"])
        self.dt, self.hour = match["dt"], match["hour"]
        self.parquet = pq.ParquetFile(io.BytesIO(data))
        self.metadata = {k.decode(): v.decode() for k, v in self.parquet.metadata.metadata.items()}

    def rows(self) -> list[dict]:
        return [_plain(row) for row in self.parquet.read().to_pylist()]


def _plain(row: dict) -> dict:
    """A Parquet row as JSON would have it: no nulls, times as text, the map as an object."""
    plain = {}
    for name, value in row.items():
        if value is None:
            continue
        if isinstance(value, datetime.datetime):
            value = value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        elif isinstance(value, list):
            value = dict(value)
        plain[name] = value
    return plain


def files_of(objects: dict[str, bytes]) -> list[File]:
    return [File(key, data) for key, data in sorted(objects.items())]


def _frozen(row: dict) -> tuple:
    return tuple(sorted((k, tuple(sorted(v.items())) if isinstance(v, dict) else v) for k, v in row.items()))


def check_archive(files: list[File], topics: dict[str, list]) -> Findings:
    """Rows as multisets by topic-partition, on all columns; ranges disjoint and contiguous; dt and hour of the rows."""
    found = Findings()
    have: dict[tuple, collections.Counter] = collections.defaultdict(collections.Counter)
    for file in files:
        rows = file.rows()
        if int(file.metadata["ntsp.rows"]) != len(rows) or not rows:
            found.wrong.append((file.key, file.metadata))
        for row in rows:
            have[file.topic, file.partition][_frozen(row)] += 1
            if hour_of(row) != (file.dt, file.hour):
                found.wrong.append((file.key, row["timestamp"], row["received_at"]))
    want: dict[tuple, collections.Counter] = collections.defaultdict(collections.Counter)
    for messages in topics.values():
        for message in messages:
            for row in rows_of(message.value()):
                want[message.topic(), message.partition()][_frozen(row)] += 1
    for partition in want.keys() | have.keys():
        found.expected += want[partition].total()
        found.found += have[partition].total()
        found.lost += (want[partition] - have[partition]).elements()
        found.twice += (have[partition] - want[partition]).elements()
    found.foreign += overlaps(files)
    return found


def hour_of(row: dict) -> tuple[str, str]:
    time, received = (datetime.datetime.fromisoformat(row[c].replace("Z", "+00:00")) for c in ("timestamp", "received_at"))
    if not received - datetime.timedelta(hours=24) <= time <= received + datetime.timedelta(hours=1):
        time = received
    return time.strftime("%Y-%m-%d"), time.strftime("%H")


def overlaps(files: list[File]) -> list:
    windows = collections.defaultdict(set)
    for file in files:
        windows[file.topic, file.partition].add((file.start, file.end))
    bad = []
    for partition, ranges in windows.items():
        ordered = sorted(ranges)
        bad += [(partition, a, b) for a, b in zip(ordered, ordered[1:]) if a[1] != b[0]]
    return bad
