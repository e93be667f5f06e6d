"""From measured cost to cores, partitions, requests and dollars: the formulas of docs/scaling.md."""

import math

from bench import stats
from bench.tables import NOTHING, figure, table

DEVICES = (1_000, 100_000, 1_000_000)

# The assumptions; docs/scaling.md has them with their letters.
PER_DEVICE = 8 / 30  # r: a device with 48 ports sends 8 messages (6 ports each) every 30 s
LOAD = 0.6  # u: how busy a core may be, so that a replica's share can be taken over
CORES_EACH = 2  # of a replica
LEAST_PARTITIONS = 6
FILE_S, FILE_BYTES = 300, 64 * 2**20  # a: ARCHIVE_MAX_AGE_S, z: ARCHIVE_MAX_BYTES
CLIENTS_EACH = 7  # connections of a replica to a broker: counted, with one worker for each stage
MONTH_S = 730 * 3600
PRICES = {"core_hour": 0.0446, "put": 0.005 / 1000, "stored_gb_month": 0.023, "zone_gb": 0.02, "disk_gb_month": 0.08}
KEEP_DAYS, COPIES, OTHER_ZONE = 7, 3, 2 / 3


def measured(read) -> dict | None:
    """What the formulas start from, of the middle messages; None: not measured yet."""
    found = read("peers")
    summaries = {row["contender"]: s for row in (found["parts"].get("rows", []) if found else []) if (s := stats.summary(row))}
    if not {"ntsp", "ntsp-s3"} <= set(summaries):
        return None
    kafka, whole = summaries["ntsp"], summaries["ntsp-s3"]
    return {"kafka_us": kafka["cpu_us"], "whole_us": whole["cpu_us"], "rss_mb": whole["rss_mb"],
            "in_bytes": whole["raw_log_bytes"] / whole["messages"], "out_bytes": whole["log_bytes"] / whole["messages"],
            "file_bytes": whole["file_bytes"] / whole["messages"], "records": whole["rows"] / whole["messages"]}


def plan(devices: int, m: dict) -> dict:
    """Everything that follows from a number of devices."""
    messages = devices * PER_DEVICE
    cores = messages * m["whole_us"] / 1e6 / LOAD
    replicas = max(2, math.ceil(cores / CORES_EACH))
    partitions = max(LEAST_PARTITIONS, 2 * replicas)
    # Each table and partition has a file open; it is done when it is old or full.
    puts = max(3 * partitions / FILE_S, messages * m["file_bytes"] / FILE_BYTES)
    moved = messages * (m["in_bytes"] + 2 * m["out_bytes"])  # raw in, records out, records in again for the archive
    day_gb = messages * 86_400 / 1e9
    return {"messages": messages, "cores": cores, "replicas": replicas, "partitions": partitions,
            "connections": replicas * CLIENTS_EACH, "moved_mb": moved / 1e6, "puts": puts,
            "files_gb_day": day_gb * m["file_bytes"], "log_tb": day_gb * KEEP_DAYS * COPIES * (m["in_bytes"] + m["out_bytes"]) / 1000}


def dollars(p: dict) -> dict:
    """A month, by cause; storage after the first month."""
    return {"cores": p["replicas"] * CORES_EACH * 730 * PRICES["core_hour"], "puts": p["puts"] * MONTH_S * PRICES["put"],
            "stored": p["files_gb_day"] * 30 * PRICES["stored_gb_month"],
            "zones": p["moved_mb"] / 1000 * MONTH_S * OTHER_ZONE * PRICES["zone_gb"],
            "disks": p["log_tb"] * 1000 * PRICES["disk_gb_month"]}


def costs(m: dict | None) -> str:
    if not m:
        return NOTHING
    return table(["", "what", "measured"], [
        ["c", "CPU of the whole job, µs per message", figure(m["whole_us"])],
        ["c_k", "of that without the archive (Kafka outputs only)", figure(m["kafka_us"])],
        ["b_in", "bytes of a raw message on the broker, compressed", figure(m["in_bytes"], 0)],
        ["b_out", "bytes of its records on the broker, compressed", figure(m["out_bytes"], 0)],
        ["b_file", "bytes of its records in Parquet files", figure(m["file_bytes"], 0)],
        ["", "records of it", figure(m["records"], 0)],
        ["", "peak memory of a process, MB", figure(m["rss_mb"], 0)]], 2)


def devices(m: dict | None) -> str:
    if not m:
        return NOTHING
    plans = [plan(count, m) for count in DEVICES]
    lines = [
        ("messages/s", "M = D · r", "messages", 0),
        ("cores", "M · c / u", "cores", 2),
        ("replicas of 2 cores", "max(2, cores / 2)", "replicas", 0),
        ("partitions of each topic", "P = max(6, 2 · replicas)", "partitions", 0),
        ("connections to a broker, at most", "7 · replicas", "connections", 0),
        ("MB/s between brokers and ntsp", "M · (b_in + 2 · b_out)", "moved_mb", 1),
        ("PUTs/s", "max(3 · P / a, M · b_file / z)", "puts", 2),
        ("Parquet, GB a day", "M · b_file · 86,400 s", "files_gb_day", 1),
        ("brokers' disks, TB", "M · (b_in + b_out) · 7 days · 3 copies", "log_tb", 2)]
    rows = [[name, formula, *(figure(p[key], digits) for p in plans)] for name, formula, key, digits in lines]
    causes = [
        ("cores, $ a month", "replicas · 2 · 730 h · price", "cores"),
        ("PUTs, $", "PUTs · price", "puts"),
        ("Parquet stored, $ for each month kept", "GB · price", "stored"),
        ("between zones, $", "MB/s · 2/3 · price", "zones"),
        ("brokers' disks, $", "TB · price", "disks")]
    bills = [dollars(p) for p in plans]
    rows += [[name, formula, *(figure(bill[key], 0) for bill in bills)] for name, formula, key in causes]
    return table(["", "formula", *(f"{count:,} devices" for count in DEVICES)], rows, 2)
