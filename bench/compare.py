"""Contenders by turns, each from the same offsets of the same topic."""

import time

from bench import stats
from bench.contender import Contender
from bench.contenders.ntsp import Ntsp
from bench.data import Data
from bench.lab import Lab
from bench.trial import Failed, idle_cpu_s, run


class Expected:
    """What ntsp makes of a share of a topic: the others have to write as many records, and a sample of them alike."""

    def __init__(self, run_ntsp):
        self._run_ntsp, self._found = run_ntsp, {}

    def check(self, contender: Contender, run: dict) -> None:
        if "records" not in run:
            return  # it writes no records, or they were not read back
        share = contender.share
        if share not in self._found:
            self._found[share] = run if isinstance(contender, Ntsp) else self._run_ntsp(share)
        for what in ("records", "sample"):
            if run[what] != self._found[share][what]:
                raise Failed(f"{what} {run[what]}, but ntsp has {self._found[share][what]}")


def compare(lab: Lab, contenders: list[Contender], data: Data, count: int, partitions: int, runs: int, limit: float,
            save, until: float = float("inf"), workers: int = 1, checked: int = 1000) -> list[dict]:
    """Alternating runs of all; `save(rows)` after each. A contender that fails twice is left out of further rounds; so are
    all when it is `until`. `checked`: of so many runs the output is read back."""
    raw = lab.topic(data, count, partitions)
    size = lab.sizes[raw]
    def once(contender: Contender, check: bool, share: float | None = None) -> dict:
        return run(lab, contender, raw, partitions, limit, size, share or contender.share, check, workers=workers)

    expected = Expected(lambda share: once(Ntsp(), True, share))
    rows = {c.name: row(c, data, partitions) for c in contenders}
    for number in range(runs):
        for contender in stats.rotated(contenders, number):
            mine = rows[contender.name]
            if sum("failed" in each for each in mine["runs"]) >= 2 or time.monotonic() > until:
                continue
            try:
                mine["idle_cpu_s"] = min(_idle(lab, contender, partitions, workers))
                done = once(contender, number < checked)
                expected.check(contender, done)
            except Exception as error:  # noqa: BLE001  whatever it is, the others go on
                done = {"failed": str(error) or repr(error)}
            mine["runs"].append(done)
            print(line(mine), flush=True)
            save(list(rows.values()))
    return list(rows.values())


def row(contender: Contender, data: Data, partitions: int) -> dict:
    return {"contender": contender.name, "label": contender.label, "delivery": contender.delivery, "archive": contender.archive,
            "writes": contender.writes, "data": data.name, "about": data.about, "partitions": partitions, "runs": []}


def line(row: dict) -> str:
    """What is told of a row's last run."""
    last, name = row["runs"][-1], f"{row['data']:12} {row['contender']:14}"
    if "failed" in last:
        return f"{name} failed: {last['failed'][:500]}"
    cpu = stats.micros_per_message(row)[-1]
    return f"{name} {cpu:8.1f} µs CPU/message {last['messages'] / last['seconds']:9.0f} messages/s {last['rss_mb']:6.0f} MB"


def _idle(lab: Lab, contender: Contender, partitions: int, workers: int) -> list[float]:
    """Taken twice, since the first may have had to fill caches."""
    found = lab.idle.setdefault((contender.name, partitions, workers), [])
    if len(found) < 2:
        found.append(idle_cpu_s(lab, contender, partitions, workers))
    return found
