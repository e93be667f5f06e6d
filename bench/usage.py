"""What a process and its children use of the machine."""

import os
import pathlib
import signal
import subprocess
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """CPU of all threads in s, over the whole life of the process; most memory it held."""

    cpu_s: float
    rss_mb: float


class Process:
    """A child whose output goes to a file; `end` says what it used."""

    def __init__(self, command: list, log: pathlib.Path, env: dict[str, str] | None = None):
        self.log = log
        with open(log, "ab") as out:
            self._child = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                           cwd=log.parent, env=env)
        self.began = time.monotonic()
        self._usage: Usage | None = None

    @property
    def pid(self) -> int:
        return self._child.pid

    def running(self) -> bool:
        return self._usage is None and _state(self.pid) not in ("Z", "")

    def said(self, most: int = 600) -> str:
        return self.log.read_text(errors="replace")[-most:]

    def end(self, timeout: float = 60) -> Usage:
        """SIGTERM, and SIGKILL if that is not enough; what it had used by then."""
        if self._usage is None:
            rss = peak_rss_mb(self.pid)
            os.kill(self.pid, signal.SIGTERM)  # Popen would reap it first, if it has ended
            deadline = time.monotonic() + timeout
            while _state(self.pid) not in ("Z", "") and time.monotonic() < deadline:
                rss = max(rss, peak_rss_mb(self.pid))
                time.sleep(0.05)
            if _state(self.pid) not in ("Z", ""):
                os.kill(self.pid, signal.SIGKILL)
            _, status, spent = os.wait4(self.pid, 0)
            self._child.returncode = os.waitstatus_to_exitcode(status)
            self._usage = Usage(spent.ru_utime + spent.ru_stime, rss)
        return self._usage


def cpu_s(pid: int) -> float:
    """So far: utime and stime of all threads and of children that were waited for."""
    text = _read(f"/proc/{pid}/stat")
    if not text:
        return 0.0
    fields = text.rsplit(")", 1)[1].split()
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def peak_rss_mb(pid: int) -> float:
    return _memory(pid, "VmHWM")


def rss_mb(pid: int) -> float:
    return _memory(pid, "VmRSS")


def _memory(pid: int, name: str) -> float:
    for line in _read(f"/proc/{pid}/status").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def _state(pid: int) -> str:
    """As in ps; empty if there is no such process."""
    text = _read(f"/proc/{pid}/stat")
    return text.rsplit(")", 1)[1].split()[0] if text else ""


def _read(name: str) -> str:
    try:
        return pathlib.Path(name).read_text()
    except OSError:
        return ""
