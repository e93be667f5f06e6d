"""Runs contenders by turns, each from the same offsets of the same topic, and writes down what they used."""

import itertools
import time

from bench import outputs, stats
from bench.contender import Contender
from bench.contenders.ntsp import Ntsp
from bench.data import Data
from bench.job import Job, last_part
from bench.lab import Lab
from bench.usage import cpu_s

STEP_S = 0.1
IDLE_S = 2.0
_numbers = itertools.count(1)


class Failed(Exception):
    """A run that does not count, and why."""


def make_job(lab: Lab, contender: Contender, raw: str, partitions: int, **more) -> Job:
    job = Job(lab, f"{contender.name}-{next(_numbers)}", raw, partitions, **more)
    if contender.archive == "s3":
        job.bucket = lab.cloud.bucket()
    job.folder.mkdir(exist_ok=True)
    job.prepare()
    contender.prepare(job)
    return job


def idle_cpu_s(lab: Lab, contender: Contender, partitions: int, workers: int = 1) -> float:
    """CPU of a life without messages: start, join the group, wait a little, end."""
    job = make_job(lab, contender, lab.topic(Data("none", "nothing"), 0, partitions), partitions, workers=workers)
    process = contender.start(job)
    try:
        lab.wait_joined(job.group, process.running, 60)
        time.sleep(IDLE_S)
        if not process.running():
            raise Failed(f"it ended by itself. It said: {process.said()}")
    finally:
        used = process.end()
        job.clear()
    return used.cpu_s


def _idle(lab: Lab, contender: Contender, partitions: int, workers: int) -> list[float]:
    """Taken twice, since the first may have had to fill caches."""
    found = lab.idle.setdefault((contender.name, partitions, workers), [])
    if len(found) < 2:
        found.append(idle_cpu_s(lab, contender, partitions, workers))
    return found


def run(lab: Lab, contender: Contender, raw: str, partitions: int, limit: float, bytes_per_message: float,
        share: float = 1.0, check: bool = True, **more) -> dict:
    """One run. Failed: it ended by itself, took longer than `limit` s, or wrote something wrong."""
    starts = last_part(lab.ends(raw), share)
    job = make_job(lab, contender, raw, partitions, starts=starts, **more)
    try:
        count = job.count()
        process = contender.start(job)
        try:
            seconds, late_us = _wait(job, contender, process, count, limit)
        finally:
            used = process.end()
        written = _check(job, contender, count) if check else {"value_bytes": 0}
        return {"messages": count, "bytes_in": count * bytes_per_message, "seconds": seconds, "cpu_s": used.cpu_s, "late_us": late_us,
                "rss_mb": used.rss_mb, "log_bytes": lab.log_bytes(job.outputs),
                "raw_log_bytes": lab.log_bytes([raw]) * share} | written
    finally:
        job.clear()


def _wait(job: Job, contender: Contender, process, count: int, limit: float) -> tuple[float, float | None]:
    """Until all is read. The seconds that it took from the first committed messages on, as if it had gone on so from zero; and
    CPU µs per message of the second half, None if it came too fast to be seen."""
    first, half, archived = (0.0, 0), (0.0, 0), False
    while not archived:
        done, now = job.done(), time.monotonic() - process.began
        if done and not first[1]:
            first = (now, done)
        if done >= count / 2 and not half[1]:
            half = (cpu_s(process.pid), done)
        if not process.running():
            raise Failed(f"it ended by itself. It said: {process.said()}")
        if now > limit:
            raise Failed(f"{done} of {count} messages after {limit:.0f} s. It said: {process.said()}")
        archived = done >= count and contender.archived(job, process)
        if not archived:
            time.sleep(STEP_S if done < count else 3 * STEP_S)
    # One commit for all of it tells no rate but that from the start.
    seconds = now if first[1] >= count else (now - first[0]) * count / (count - first[1])
    return seconds, (cpu_s(process.pid) - half[0]) / (count - half[1]) * 1e6 if half[1] < count * 0.9 else None


def _check(job: Job, contender: Contender, count: int) -> dict:
    """Counts what was written. Failed: messages are missing, or files hold other rows than the topics."""
    if contender.writes == "copy":
        copy = outputs.topic(job.lab, job.name)
        if copy["messages"] != count:
            raise Failed(f"{copy['messages']} messages written of {count}")
        return {"value_bytes": copy["bytes"]}
    tables = outputs.tables(job)
    records = {table: found["records"] for table, found in tables.items()}
    dead = outputs.topic(job.lab, job.dead)["messages"]
    if dead:
        raise Failed(f"{dead} dead letters")
    written = {"value_bytes": sum(found["bytes"] for found in tables.values()), "records": records,
               "sample": {table: found["sample"] for table, found in tables.items()}}
    if contender.archive:
        written["archive"] = outputs.archive(job)
        if written["archive"]["rows"] != sum(records.values()):
            raise Failed(f"{written['archive']['rows']} rows in files of {sum(records.values())} records")
    return written


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
    cpu = (last["cpu_s"] - row["idle_cpu_s"]) / last["messages"] * 1e6
    return f"{name} {cpu:8.1f} µs CPU/message {last['messages'] / last['seconds']:9.0f} messages/s {last['rss_mb']:6.0f} MB"
