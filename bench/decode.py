#!/usr/bin/env python3
"""What reading a message costs in each dialect, beside simdjson's bare parse of the same bytes and relative to EDA.

Times come from one run of build/release/decode_bench. With --instructions, callgrind (valgrind) counts the instructions of
decode and normalize as well: steady also on a busy machine. Other arguments go to decode_bench.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile

BENCH = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "decode_bench"
FEW, MANY = 100, 400  # what starting costs falls out of their difference


def times(arguments: list[str]) -> dict[str, dict[str, dict]]:
    ran = subprocess.run([BENCH, "--benchmark_format=json", *arguments], check=True, capture_output=True, text=True)
    found: dict[str, dict[str, dict]] = {}
    for run in json.loads(ran.stdout)["benchmarks"]:
        step, dialect = run["name"].split("/", 1)
        if "error_message" in run:
            raise SystemExit(f"{run['name']}: {run['error_message']}")
        found.setdefault(dialect, {})[step] = run
    return found


def count(dialect: str, messages: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", BENCH, "--count", dialect,
                              str(messages)], check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", ran.stderr)[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instructions", action="store_true", help="count instructions with callgrind, too (minutes)")
    options, arguments = parser.parse_known_args()
    found = times(arguments)
    columns = ["dialect", "bytes", "leaves", "parse GB/s", "decode GB/s", "+normalize GB/s", "ns/byte", "x EDA", "ns/leaf"]
    if options.instructions:
        columns += ["instr/byte", "x EDA", "instr/leaf"]
    print("| " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * (len(columns) - 1))
    base = base_instructions = None
    for dialect, steps in found.items():
        whole = steps["normalize"]
        size, leaves = whole["bytes"], whole["leaves"]
        speed = [f"{size / steps[step]['cpu_time']:.2f}" for step in ("parse", "decode", "normalize")]
        cost = whole["cpu_time"] / size
        base = base or cost
        row = [dialect, f"{size:.0f}", f"{leaves:.0f}", *speed, f"{cost:.2f}", f"{cost / base:.2f}",
               f"{whole['cpu_time'] / leaves:.0f}"]
        if options.instructions:
            instructions = (count(dialect, MANY) - count(dialect, FEW)) / (MANY - FEW)
            base_instructions = base_instructions or instructions / size
            row += [f"{instructions / size:.1f}", f"{instructions / size / base_instructions:.2f}",
                    f"{instructions / leaves:.0f}"]
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
