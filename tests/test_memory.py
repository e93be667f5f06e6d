"""MEMORY_LIMIT_MB is never exceeded: the highest resident memory of the process, through a backlog, S3 away, S3 back,
and a start after a long stop. What is read is the kernel's own VmHWM; nothing here depends on time.

NTSP_LONG_TESTS=1 makes the loads several times as large, adds limits, and a backlog of a million messages.
"""

import json
import os
import time

import pytest

from tests.support.cloud import FaultProxy
from tests.support.facts import Made
from tests.support.load import caught_up
from tests.support.service import Process, wait_for
from tests.support.topics import Sender, committed

LONG = os.environ.get("NTSP_LONG_TESTS") == "1"
HOLDERS = ["raw-messages", "records", "table-messages", "windows", "uploads", "program"]


def peak_mb(process: Process) -> float:
    process.running()
    with open(f"/proc/{process.pid}/status") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return kilobytes / 1024


def held(process: Process) -> dict[str, int]:
    return {holder: int(process.metric("ntsp_memory_bytes", holder=holder)) >> 20 for holder in HOLDERS}


def published(job) -> bool:
    return caught_up(job.broker.bootstrap, job.group, job.raw)


def archived(job) -> bool:
    return all(caught_up(job.broker.bootstrap, f"{job.group}-archive", t) for t in job.tables.values())


def planned(job) -> int:
    return sum(bool(plan) for t in job.tables.values()
               for _, plan in committed(job.broker.bootstrap, f"{job.group}-archive", t).values())


def send(job, count: int, nodes: int, *more: str) -> None:
    sent = job.command("simulate", "--rate", "0", "--count", str(count), "--nodes", str(nodes), *more, timeout=1200)
    assert sent.returncode == 0, sent.stderr


@pytest.fixture
def proxy(cloud):
    proxy = FaultProxy(cloud.port)
    yield proxy
    proxy.close()


@pytest.mark.parametrize("limit", [256, 512] if LONG else [256])
def test_a_backlog_of_64_partitions_with_s3_away_and_a_long_stop_stay_below_the_limit(service, bucket, proxy, limit):
    job = service(64, **bucket | {"AWS_ENDPOINT_URL": proxy.endpoint, "ARCHIVE_MAX_AGE_S": "5"},
                  MEMORY_LIMIT_MB=str(limit))
    count = 60_000 if LONG else 15_000  # of 21 entries each
    process = job.start().wait_ready()
    send(job, 1_000, 1_000)
    wait_for(lambda: published(job) and archived(job), 120)
    proxy.set("away")
    send(job, count, 1_000)
    wait_for(lambda: published(job), 300)
    wait_for(lambda: planned(job) > 20, 60, lambda: "too few windows wait for S3: it proved nothing")
    assert process.metric("ntsp_memory_limit_bytes") == limit << 20
    peaks = [(peak_mb(process), "S3 away", held(process))]
    process.kill()

    send(job, count, 1_000)
    process = job.start().wait_ready()
    wait_for(lambda: published(job), 300)
    peaks.append((peak_mb(process), "restart with S3 away", held(process)))
    proxy.set("pass")
    wait_for(lambda: process.running() and archived(job), 300)
    peaks.append((peak_mb(process), "S3 back", held(process)))
    assert process.metric("ntsp_archive_windows_closed_total", cause="redo") > 0
    print(peaks)
    assert all(peak < limit for peak, *_ in peaks), peaks
    ended = job.command("verify", timeout=600, MEMORY_LIMIT_MB="512")
    assert ended.returncode == 0, ended.stdout


@pytest.mark.skipif(not LONG, reason="takes many minutes: NTSP_LONG_TESTS=1 runs it")
def test_a_backlog_of_a_million_messages_of_64_partitions_with_s3_away_stays_below_512_mb(service, bucket, proxy):
    """Sent before the start, read while S3 is away, archived by a second process once S3 is back."""
    job = service(64, **bucket | {"AWS_ENDPOINT_URL": proxy.endpoint}, MEMORY_LIMIT_MB="512")
    process = job.start().wait_ready()
    send(job, 1_000, 1_000, "--interfaces", "1")
    # Without a position in the group the archive would first look for one in the store, and wait for it.
    wait_for(lambda: published(job) and archived(job), 600)
    assert process.terminate() == 0
    proxy.set("away")
    send(job, 1_000_000, 1_000, "--interfaces", "1")
    process = job.start()
    wait_for(lambda: process.running() and published(job), 1200)
    wait_for(lambda: process.running() and planned(job) > 20, 600, lambda: "too few windows wait for S3: it proved nothing")
    peaks = [(peak_mb(process), "a million messages, S3 away", held(process))]
    process.kill()
    process = job.start().wait_ready()
    wait_for(lambda: process.metric("ntsp_archive_uploads_waiting") > 20, 600)
    peaks.append((peak_mb(process), "restart with S3 away", held(process)))
    proxy.set("pass")
    wait_for(lambda: process.running() and archived(job), 1200)
    peaks.append((peak_mb(process), "S3 back", held(process)))
    print(peaks)
    assert all(peak < 512 for peak, *_ in peaks), peaks
    assert process.metric("ntsp_archive_windows_closed_total", cause="redo") > 0
    assert process.metric("ntsp_publish_lost_offsets_total") == process.metric("ntsp_archive_lost_offsets_total") == 0
    ended = job.command("verify", timeout=1200, MEMORY_LIMIT_MB="512")
    assert ended.returncode == 0, ended.stdout


def test_rows_of_many_hours_stay_below_the_limit(service, bucket):
    """A file is open for each hour of each partition's window."""
    job = service(64, **bucket | {"ARCHIVE_MAX_AGE_S": "30"}, MEMORY_LIMIT_MB="256")
    process = job.start().wait_ready()
    sender = Sender(job.broker.bootstrap, job.raw)
    for number in range(40_000 if LONG else 4_000):
        sender.send(event(number, hours=number % 23, entries=10))
    sender.flush()
    wait_for(lambda: process.running() and published(job) and archived(job), 300)
    print(peak_mb(process), held(process))
    assert peak_mb(process) < 256, held(process)


def test_raw_messages_of_5_mb_stay_below_the_limit(service, bucket):
    job = service(4, **bucket, MEMORY_LIMIT_MB="256")
    large = event(0, hours=0, entries=14_000)
    assert 4_500_000 < len(large.value) < 6_000_000
    sender = Sender(job.broker.bootstrap, job.raw)
    for _ in range(100 if LONG else 20):
        sender.send(large)
    sender.flush()
    process = job.start().wait_ready()
    wait_for(lambda: process.running() and published(job) and archived(job), 300)
    assert process.metric("ntsp_publish_dead_letters_total") == 0
    assert process.metric("ntsp_archive_rows_total") >= 14_000 * 20
    print(peak_mb(process), held(process))
    assert peak_mb(process) < 256, held(process)


def event(number: int, hours: int, entries: int) -> Made:
    """gNMIc events of one of 1,000 nodes, so many hours old."""
    when = time.time_ns() - hours * 3_600_000_000_000
    events = [{"name": "interfaces", "timestamp": when + entry,
               "tags": {"source": f"leaf{number % 1000:04d}", "interface_name": f"ethernet-{entry // 60}/{entry % 60}",
                        "subscription-name": "interfaces"},
               "values": {"/srl_nokia-interfaces:interface/statistics/in-octets": number * 1000 + entry,
                          "/srl_nokia-interfaces:interface/statistics/out-octets": number * 999 + entry,
                          "/srl_nokia-interfaces:interface/oper-state": "up"}} for entry in range(entries)]
    return Made(f"leaf{number % 1000:04d}", json.dumps(events).encode())
