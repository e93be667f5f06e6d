"""The work without Kafka, step by step: google-benchmark's programs of bench/*_bench.cc."""

import json
import subprocess

from bench import BUILD

PROGRAMS = ("decode_bench", "record_bench", "archive_bench")


def run(program: str, repetitions: int) -> list[dict]:
    """One row a benchmark: its name, CPU in ns, and its counters; the median of the repetitions."""
    ran = subprocess.run([BUILD / program, "--benchmark_format=json", f"--benchmark_repetitions={repetitions}",
                          "--benchmark_report_aggregates_only=true", "--benchmark_min_time=0.05"],
                         check=True, capture_output=True, text=True)
    return rows(program, json.loads(ran.stdout))


def rows(program: str, found: dict) -> list[dict]:
    scale = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    return [{"program": program, "name": each["run_name"], "ns": each["cpu_time"] * scale[each["time_unit"]],
             "counters": {name: each[name] for name in ("bytes", "leaves", "records", "items_per_second", "bytes_per_row",
                                                        "bytes_per_second") if name in each}}
            for each in found["benchmarks"] if each.get("aggregate_name") == "median"]
