#!/usr/bin/env python3
"""What no committed file may hold: paths of one machine, unfinished business, files that have outgrown one noun."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
LONGEST = 400  # lines of a source file
PATHS = re.compile(r"/(?:work|home|root|Users)/[A-Za-z]")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
EXEMPT = {"tools/check_text.py"}


def main() -> int:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    bad = 0
    for name in filter(None, listed):
        path = ROOT / name
        if name in EXEMPT or not path.is_file():
            continue
        try:
            lines = path.read_text().splitlines()
        except UnicodeDecodeError:
            continue
        found = [(i, "path of one machine") for i, line in enumerate(lines, 1) if PATHS.search(line)]
        found += [(i, "unfinished by its own word") for i, line in enumerate(lines, 1) if UNFINISHED.search(line)]
        if path.suffix in (".cc", ".h", ".py") and len(lines) > LONGEST:
            found.append((len(lines), f"longer than {LONGEST} lines: is there a second noun in it?"))
        for number, what in found:
            bad += 1
            print(f"{name}:{number}: {what}")
    print(f"{len(listed) - 1} files read, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
