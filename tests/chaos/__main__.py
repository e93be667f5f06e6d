"""A storm over ntsp: `./dev chaos --help`.

The test starts itself a second time in namespaces of its own (network, processes, mounts) where that is allowed: there
parts can be cut from each other, and whatever ends the test ends every process with it.
"""

import argparse
import ctypes
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from typing import NoReturn

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"  # nothing here may ask an address outside this machine

from tests.chaos import child  # noqa: E402
from tests.chaos.clock import Clocks  # noqa: E402
from tests.chaos.plan import Options, make_plan  # noqa: E402

PR_SET_PDEATHSIG = 1
NAMESPACES = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev chaos", description="Faults by a seeded plan, and the check that nothing "
                                     "was lost and nothing is there twice. Exit code 0: so it is.")
    parser.add_argument("--seed", type=int, help="of the plan and of the load; default: a new one, which is printed")
    parser.add_argument("--minutes", type=float, default=0.5, help="how long the faults go on (default 0.5)")
    parser.add_argument("--kills", type=int, default=0, help="instead: until so many kill -9 of ntsp are done")
    parser.add_argument("--processes", type=int, default=3, choices=[2, 3, 4], help="ntsp processes (default 3)")
    parser.add_argument("--rate", type=int, default=100, help="raw messages a second (default 100)")
    parser.add_argument("--only", default="", help="kinds of faults, with commas between them; default: all")
    parser.add_argument("--defect", default="", help="a seeded defect; needs a build with -DNTSP_DEFECTS=ON")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/ntsp")
    parser.add_argument("--plan", action="store_true", help="print the plan and end")
    parser.add_argument("--keep", action="store_true", help="keep logs and data, also after a good end")
    parser.add_argument("--tidy", action="store_true", help="keep them never")
    parser.add_argument("--folder", type=pathlib.Path, help="for logs and data; default: a temporary one")
    parser.add_argument("--no-network", action="store_true", help="no namespaces, and so no cuts, though they were allowed")
    parser.add_argument("--inside", type=pathlib.Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.kills and args.only and not {"kill", "crash-at", "kill-all"} & set(args.only.split(",")):
        parser.error("--kills: --only leaves out what kills")
    args.binary = args.binary.resolve()
    if not args.plan and not args.binary.exists():
        parser.error(f"--binary: there is no {args.binary}")
    if args.seed is None:
        args.seed = random.randrange(10**6)
    return args


def say(text: str) -> None:
    if text:
        print(text, flush=True)


def options(args: argparse.Namespace, network: bool) -> Options:
    return Options(seed=args.seed, seconds=args.minutes * 60, kills=args.kills, processes=args.processes, rate=args.rate,
                   network=network, clock=Clocks.can(), only=tuple(filter(None, args.only.split(","))))


def namespaces_allowed() -> bool:
    probe = [*NAMESPACES, "sh", "-c", "mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns && ip netns add probe && "
             "ip link add probe0 type bridge && ip link add probe1 type veth peer name eth0 netns probe"]
    try:
        return subprocess.run(probe, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def run_inside(args: argparse.Namespace, network: bool) -> NoReturn:
    from tests.chaos.run import Run

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    extra = {"NTSP_DEFECT": args.defect} if args.defect else {}
    code = 1
    try:
        code = 0 if Run(options(args, network), args.binary, args.inside, extra, say).go() else 1
    except Exception:  # noqa: BLE001  told, then everything ends
        traceback.print_exc()
    finally:
        child.kill_all()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # clients of brokers that are gone would take their time to end


def in_namespaces(args: argparse.Namespace, namespaces: list[str]) -> int:
    """Ends with the storm's exit code; the namespaces end with their first process, and that one with this."""
    # unshare takes its namespaces along when it is killed; without them the storm itself must clean up.
    end = signal.SIGKILL if namespaces else signal.SIGTERM
    more = ["--seed", str(args.seed), "--inside", str(args.inside)] + ([] if namespaces else ["--no-network"])
    inner = subprocess.Popen([*namespaces, sys.executable, "-m", "tests.chaos", *sys.argv[1:], *more], cwd=ROOT,
                             preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, end))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        return inner.wait()
    finally:
        inner.send_signal(end)
        inner.wait()


def main() -> int:
    args = arguments()
    if args.inside:
        run_inside(args, network=not args.no_network)
    if args.plan:
        say("\n".join(map(str, make_plan(options(args, True)))))
        return 0
    say(f"seed {args.seed}: the same plan again with --seed {args.seed} and the same options")
    args.inside = args.folder or pathlib.Path(tempfile.mkdtemp(prefix="ntsp-chaos-"))
    args.inside.mkdir(parents=True, exist_ok=True)
    code = 1
    try:
        if not args.no_network and namespaces_allowed():
            code = in_namespaces(args, NAMESPACES)
        else:
            say("NO NETWORK FAULTS: this machine allows no network namespaces (needs root and iproute2), so nothing is "
                "cut or delayed between the parts")
            code = in_namespaces(args, [])
    finally:
        if args.tidy or code == 0 and not args.keep:
            shutil.rmtree(args.inside, ignore_errors=True)
        else:
            say(f"logs and data are in {args.inside}")
    say("nothing lost, nothing twice" if code == 0 else f"FAILED; again: ./dev chaos {' '.join(sys.argv[1:])} "
        f"{'' if '--seed' in sys.argv else f'--seed {args.seed}'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
