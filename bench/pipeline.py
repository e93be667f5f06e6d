#!/usr/bin/env python3
"""CPU per raw message of the whole program on a real broker, beside a pass-through of the same bytes.

Sends the standard message (about 4 kB, 22 entries) `--count` times, then lets each contender read it all from the
beginning, in turns, and prints CPU µs per message (all threads of the process, start-up taken off by a first run
without data), messages per second and the most memory it held, as medians over `--runs`.
    ./dev bench [--count 200000] [--runs 5]
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

from tests.support.broker import Broker  # noqa: E402
from tests.support.cloud import KEYS, Cloud  # noqa: E402
from tests.support.load import caught_up  # noqa: E402
from tests.support.service import BINARY, Service  # noqa: E402
from tests.support.topics import committed  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_rss_mb(pid: int) -> float:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0


def fill(broker: Broker, topic: str, count: int, partitions: int) -> None:
    broker.create_topics(partitions, topic)
    subprocess.run([BINARY, "simulate", "--count", str(count), "--rate", "0"], check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | {"KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap, "KAFKA_RAW_TOPIC": topic})


def archive_done(job: Service) -> bool:
    return all(caught_up(job.broker.bootstrap, f"{job.group}-archive", t) for t in job.tables.values())


def run_ntsp(broker: Broker, raw: str, name: str, folder: pathlib.Path, cloud: Cloud | None) -> tuple[float, float, float]:
    settings = {"ARCHIVE_MAX_AGE_S": "10", "NORMALIZE_WORKERS": "1"}
    if cloud:
        settings |= KEYS | {"AWS_S3_BUCKET": cloud.bucket(), "AWS_ENDPOINT_URL": cloud.endpoint}
    job = Service(broker, name, folder, 0, **settings)
    job.raw = raw
    job._settings["KAFKA_RAW_TOPIC"] = raw
    began = time.time()
    process = job.start()
    while not caught_up(broker.bootstrap, job.group, raw):
        time.sleep(0.2)
        process.running()
    took = time.time() - began
    while cloud and not archive_done(job):
        time.sleep(0.5)
    result = cpu_seconds(process.pid), took, peak_rss_mb(process.pid)
    process.terminate()
    return result


def run_pass_through(broker: Broker, raw: str, name: str) -> tuple[float, float, float]:
    broker.create_topics(4, name)
    began = time.time()
    process = subprocess.Popen([BINARY.parent / "pass_through", broker.bootstrap, raw, name])
    while not caught_up(broker.bootstrap, f"{name}-group", raw):
        time.sleep(0.2)
    took = time.time() - began
    result = cpu_seconds(process.pid), took, peak_rss_mb(process.pid)
    process.terminate()
    process.wait()
    return result


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--count", type=int, default=200_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--partitions", type=int, default=4)
    options = arguments.parse_args()
    broker, cloud = Broker(), Cloud()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
    results: dict[str, list] = {"pass-through": [], "ntsp, Kafka outputs": [], "ntsp, whole job": []}
    try:
        fill(broker, "bench-raw", options.count, options.partitions)
        for run in range(options.runs):
            results["pass-through"].append(run_pass_through(broker, "bench-raw", f"pass-{run}"))
            results["ntsp, Kafka outputs"].append(run_ntsp(broker, "bench-raw", f"kafka-{run}", folder, None))
            results["ntsp, whole job"].append(run_ntsp(broker, "bench-raw", f"whole-{run}", folder, cloud))
    finally:
        cloud.close()
        broker.close()
    base = statistics.median(r[0] for r in results["pass-through"]) / options.count * 1e6
    print(f"{options.count} messages, {options.runs} runs, medians")
    for name, runs in results.items():
        cpu, took, rss = (statistics.median(r[i] for r in runs) for i in range(3))
        per_message = cpu / options.count * 1e6
        print(f"{name:22} {per_message:7.1f} µs CPU/message {per_message / base:5.2f} x pass-through "
              f"{options.count / took:9.0f} messages/s {rss:6.0f} MB")


if __name__ == "__main__":
    main()
