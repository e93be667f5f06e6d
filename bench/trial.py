"""One run of one contender: what it used, and whether what it wrote is right."""

import itertools
import time

from bench import outputs
from bench.contender import Contender
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
