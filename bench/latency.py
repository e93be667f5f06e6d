"""From the moment that a raw message is handed to the producer to the moment that a read_committed reader has its records."""

import datetime
import os
import re
import subprocess
import time

from bench import stats, trial
from bench.contender import Contender
from bench.data import MIDDLE, Data
from bench.lab import Lab
from bench.reader import Reader
from bench.usage import cpu_s

RECEIVED = re.compile(rb'"received_at": ?"([^"]+)"')  # the raw message's time, set by its producer
EACH = 10  # one message of so many is timed: else the reader itself would be what takes long


def probe(lab: Lab, contender: Contender, commit_ms: int, rate: int, seconds: float, partitions: int) -> dict:
    """Percentiles in ms, and CPU per message at that rate."""
    raw = f"steady-{contender.name}-{commit_ms}"
    lab.make([raw], partitions)
    job = trial.make_job(lab, contender, raw, partitions, settings={"COMMIT_INTERVAL_MS": str(commit_ms)})
    process = contender.start(job)
    try:
        lab.wait_joined(job.group, process.running, 60)
        with Reader(lab, job.tables["interface"]) as reader, _load(lab, MIDDLE, raw, rate) as load:
            try:
                _listen(reader, 3)  # until all is warm
                before, began = cpu_s(process.pid), time.monotonic()
                delays = _listen(reader, seconds)
                used, took = cpu_s(process.pid) - before, time.monotonic() - began
            finally:
                load.terminate()
    finally:
        process.end()
        job.clear()
        lab.drop([raw])
    if not delays:
        raise trial.Failed(f"no records came. It said: {process.said()}")
    return {"contender": contender.name, "label": contender.label, "delivery": contender.delivery, "commit_ms": commit_ms,
            "rate": rate, "read_per_s": len(delays) * EACH / took, "timed": len(delays), "cpu_us": used / (len(delays) * EACH) * 1e6,
            "p50_ms": stats.percentile(delays, 50), "p99_ms": stats.percentile(delays, 99), "most_ms": max(delays)}


def _load(lab: Lab, data: Data, topic: str, rate: int) -> subprocess.Popen:
    return subprocess.Popen(data.simulate(10**9, rate), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            env=os.environ | {"KAFKA_BOOTSTRAP_SERVERS": lab.bootstrap, "KAFKA_RAW_TOPIC": topic})


def _listen(reader: Reader, seconds: float) -> list[float]:
    delays, deadline, number = [], time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        values = reader.take(0.01)
        now = time.time()
        for value in values:
            number += 1
            if number % EACH == 0:
                sent = datetime.datetime.fromisoformat(RECEIVED.search(value, 0, 400)[1].decode()).timestamp()
                delays.append((now - sent) * 1000)
    return delays
