#!/usr/bin/env python3
"""Instructions of a message on its way from JSON to JSON, in each dialect (bench/hot_path.cc), counted by callgrind.

They are counted, not timed, so that they are the same on a busy machine. Fails if a dialect takes more than 5 % above
its figure in bench/instructions.json; a change that is worth more is entered there by --update. The figures are of one
compiler and one kind of CPU: with others nothing is compared.
    ./dev bench instructions [--update] [DIALECT…]
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = pathlib.Path(os.environ.get("NTSP_HOT_PATH", ROOT / "build/release/hot_path"))
FIGURES = ROOT / "bench/instructions.json"
ALLOWED = 1.05
# A worker has seen its device's names before: only what further messages take counts.
FEW, MANY = 20, 120


def counted(dialect: str, messages: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", PROGRAM, dialect,
                              str(messages)], capture_output=True, text=True, timeout=300)
    if run.returncode != 0:
        raise RuntimeError(f"{PROGRAM} {dialect} {messages} under valgrind ended with {run.returncode}:\n{run.stderr}")
    return int(re.search(r"Collected : (\d+)", run.stderr)[1])


def per_message(dialect: str) -> int:
    return round((counted(dialect, MANY) - counted(dialect, FEW)) / (MANY - FEW))


def build() -> str:
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    has_avx2 = " avx2 " in pathlib.Path("/proc/cpuinfo").read_text()
    return compiler + (" on a CPU with AVX2" if has_avx2 else " on a CPU without AVX2")


def verdict(found: int, figure: int) -> str | None:
    """What is wrong, or None. A lower figure than the checked-in one is only worth entering."""
    if found <= figure * ALLOWED:
        return None
    return (f"{found} instructions a message, {found / figure - 1:+.1%} against {figure}: find what it is spent on "
            f"(callgrind_annotate), or enter it with ./dev bench instructions --update")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--update", action="store_true", help="enter what is counted as the figures")
    arguments.add_argument("dialect", nargs="*")
    options = arguments.parse_args()
    entered = json.loads(FIGURES.read_text())
    figures = entered["instructions"]
    if entered["build"] != build() and not options.update:
        print(f"NOT COMPARED: the figures are of {entered['build']}, and this is {build()}")
        return 0
    wrong = 0
    for dialect in options.dialect or figures:
        found = per_message(dialect)
        problem = None if options.update else verdict(found, figures[dialect])
        wrong += problem is not None
        print(f"{dialect:28} {found:8} instructions  {problem or ''}".rstrip(), flush=True)
        figures[dialect] = found
    if options.update:
        FIGURES.write_text(json.dumps({"build": build(), "instructions": figures}, indent=2) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
