"""Whether the storm finds what it should: ntsp with a defect put in on purpose (src/base/defect.h), a storm that is known
to bring it out, and what the checker must say then. `./dev chaos --defects`.
"""

import argparse
import dataclasses
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRIES = 3  # what a plan brings out depends on the machine's speed, too


@dataclasses.dataclass(frozen=True)
class Case:
    defect: str
    seed: int
    only: str  # kinds of faults
    finding: str  # what the checker must say


CASES = [
    Case("none", 1, "kill,zombie", ""),
    Case("plan-skipped", 1, "kill,crash-at", "twice in the objects"),
    Case("done-early", 3, "kill,crash-at,s3-slow,s3-hang,s3-error", "lost in the objects"),
    Case("offset-early", 1, "kill", "lost in the tables' topics"),
    Case("no-generation-check", 3, "zombie", "twice in the tables' topics"),
]


def storm(case: Case, binary: pathlib.Path, seed: int) -> tuple[int, str]:
    answer = subprocess.run([sys.executable, "-m", "tests.chaos", "--binary", str(binary), "--defect", case.defect,
                             "--seed", str(seed), "--minutes", "0.5", "--only", case.only, "--tidy"],
                            cwd=ROOT, capture_output=True, text=True)
    return answer.returncode, answer.stdout + answer.stderr


def found(case: Case, binary: pathlib.Path) -> bool:
    for seed in range(case.seed, case.seed + TRIES):
        code, said = storm(case, binary, seed)
        findings = [line for line in said.splitlines() if " x " in line[:10]]
        print(f"{case.defect}, seed {seed}: {'; '.join(findings) or 'nothing found'}", flush=True)
        if not case.finding:
            return code == 0
        if code == 1 and case.finding in said:
            return True
        if code != 0:
            print(said[-3000:])
    return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev chaos --defects", description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/defects/ntsp")
    parser.add_argument("--only", default="", help="one defect's name; default: all")
    args = parser.parse_args()
    missed = [c.defect for c in CASES if args.only in ("", c.defect) and not found(c, args.binary)]
    print(f"MISSED: {missed}" if missed else "every defect was found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
