"""What must be in the topics and on S3 once ntsp is done with a load, and whether it is."""

import collections
import dataclasses
import datetime
import json
import uuid

from tests.support.facts import Made, iso

TABLES = ("node", "interface", "address")


@dataclasses.dataclass(frozen=True)
class Place:
    """Where Kafka put a raw message: known once the broker has acknowledged it."""

    topic: str
    partition: int
    offset: int
    timestamp: int  # ms


def batch_id(place: Place) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"kafka:{place.topic}/{place.partition}/{place.offset}@{place.timestamp}"))


def expected_rows(place: Place, made: Made) -> list[tuple[str, dict]]:
    received = datetime.datetime.fromtimestamp(place.timestamp // 1000, datetime.timezone.utc).replace(
        microsecond=place.timestamp % 1000 * 1000)
    rows = []
    for index, (table, row) in enumerate(made.rows):
        timestamp = max(t or received for t in row["timestamp"])
        rows.append((table, row | {"batch_id": batch_id(place), "record_index": index,
                                   "timestamp": iso(timestamp), "received_at": iso(received)}))
    return rows


def rows_of(value: bytes) -> list[dict]:
    """The records of one message of a table's topic, in any framing."""
    text = value.decode()
    return json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]


@dataclasses.dataclass
class Findings:
    expected: int = 0
    found: int = 0
    lost: list = dataclasses.field(default_factory=list)
    twice: list = dataclasses.field(default_factory=list)
    wrong: list = dataclasses.field(default_factory=list)
    foreign: list = dataclasses.field(default_factory=list)

    def __bool__(self) -> bool:
        return not (self.lost or self.twice or self.wrong or self.foreign)

    def __str__(self) -> str:
        return (f"{self.expected} expected, {self.found} found, {len(self.lost)} lost, {len(self.twice)} twice, "
                f"{len(self.wrong)} wrong, {len(self.foreign)} foreign; e.g. lost {self.lost[:2]} twice {self.twice[:2]} "
                f"wrong {self.wrong[:2]} foreign {self.foreign[:2]}")


def check_topics(sent: list[tuple[Place, Made]], topics: dict[str, list]) -> Findings:
    """`topics`: table → its Kafka messages, as a read_committed reader sees them."""
    want = {}
    for place, made in sent:
        for table, row in expected_rows(place, made):
            want[row["batch_id"], row["record_index"]] = (table, row)
    found = Findings(expected=len(want))
    seen = set()
    for table, messages in topics.items():
        for message in messages:
            for row in rows_of(message.value()):
                found.found += 1
                identity = (row["batch_id"], row["record_index"])
                if identity in seen:
                    found.twice.append(identity)
                elif identity not in want:
                    found.foreign.append(row)
                elif want[identity] != (table, row) or message.key() != row["node_name"].encode():
                    found.wrong.append((want[identity], table, row))
                seen.add(identity)
    found.lost = [want[i] for i in want.keys() - seen]
    return found


def check_dead_letters(sent: list[tuple[Place, Made]], messages: list) -> Findings:
    want = {(p.topic, p.partition, p.offset): (p, m) for p, m in sent if m.dead}
    found = Findings(expected=len(want))
    seen = collections.Counter()
    for message in messages:
        found.found += 1
        headers = {name: value.decode() for name, value in message.headers() or []}
        source = (headers["ntsp.source.topic"], int(headers["ntsp.source.partition"]), int(headers["ntsp.source.offset"]))
        seen[source] += 1
        if source not in want:
            found.foreign.append((source, message.value()[:200], headers))
            continue
        place, made = want[source]
        value = made.value if made.dead_value is None else made.dead_value
        same = message.value() == value or (
            made.dead_value is not None and json.loads(message.value()) == json.loads(value))
        key = None if made.key is None else made.key.encode()
        if not (same and headers["ntsp.error.kind"] == made.dead and message.key() == key and
                headers["ntsp.source.timestamp"] == str(place.timestamp) and headers["ntsp.error.message"]):
            found.wrong.append((made.dead, headers, message.value()[:200]))
    found.lost = [want[i] for i in want.keys() - seen.keys()]
    found.twice = [i for i, n in seen.items() if n > 1]
    return found
