"""What the figures were taken on."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

from bench import BUILD, ROOT


def facts() -> dict:
    return {
        "taken": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _line_of("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{_line_of('/etc/os-release', 'PRETTY_NAME', '=').strip(chr(34))}, Linux {platform.release().split('-')[0]}",
        "load_before": round(os.getloadavg()[0], 1),
        "ntsp": _words([BUILD / "ntsp", "--version"]),
        "revision": _words(["git", "-C", ROOT, "rev-parse", "--short=12", "HEAD"]),
        "kafka": _pom("tests/kafka/pom.xml", "kafka_2.13"),
        "kafka-streams": _pom("bench/peers/streams/pom.xml", "kafka-streams"),
        "java": _words(["java", "--version"]).split(" (")[0],
        "python": platform.python_version(),
    } | {name: _pinned(name) for name in ("quixstreams", "pyarrow", "boto3", "orjson")}


def _words(command: list) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0].strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _line_of(file: str, name: str, separator: str = ":") -> str:
    found = re.search(rf"^{name}\s*{separator}\s*(.*)$", pathlib.Path(file).read_text(), re.MULTILINE)
    return found[1] if found else "unknown"


def _pom(name: str, artifact: str) -> str:
    found = re.search(rf"<artifactId>{re.escape(artifact)}</artifactId>\s*<version>([^<]+)", (ROOT / name).read_text())
    return found[1] if found else "unknown"


def _pinned(package: str) -> str:
    found = re.search(rf"^{package}==(\S+)", (ROOT / "bench/peers/requirements.txt").read_text(), re.MULTILINE)
    return found[1] if found else "unknown"
