"""`ntsp run` several times over, and somebody who starts what ended, as Kubernetes or systemd would."""

import collections
import contextlib
import json
import pathlib
import signal
import subprocess
import threading
import time

from tests.chaos import child
from tests.support.service import clean_environment

KILLED, CRASH_POINT, WATCHDOG = -signal.SIGKILL, 137, 70


class Instance:
    """One INSTANCE_ID: its process of the moment and its log of all of them."""

    def __init__(self, name: str, binary: pathlib.Path, network, folder: pathlib.Path, settings: dict[str, str]):
        self.name, self._binary, self._folder = name, binary, folder
        self.address, self._within = network.add(name), network.within(name)
        self.log = folder / f"{name}.log"
        self._settings = settings | {"INSTANCE_ID": name}
        self.process: subprocess.Popen | None = None
        self.wanted = True
        self.crash_at = ""  # a step of the archive at which the next process dies
        self.start_at = 0.0

    def start(self) -> None:
        more = {"NTSP_CRASH_AT": self.crash_at} if self.crash_at else {}
        self.crash_at = ""
        with open(self.log, "ab") as log:
            self.process = child.start([*self._within, str(self._binary), "run"], log, cwd=self._folder,
                                       env=clean_environment() | self._settings | more)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> bool:
        """Whether there was a process to take it."""
        if not self.running():
            return False
        self.process.send_signal(number)
        return True


class Supervisor:
    def __init__(self, instances: list[Instance], pause: float = 0.3):
        self.instances, self._pause = instances, pause
        self.starts = 0
        self.exits: collections.Counter = collections.Counter()  # exit code → how often
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def instance(self, name: str) -> Instance:
        return next(i for i in self.instances if i.name == name)

    def kill(self, names: list[str], crash_at: str = "") -> int:
        """kill -9; how many processes it hit. `crash_at`: where the next one dies by itself."""
        with self._lock:
            hit = sum(self.instance(n).signal(signal.SIGKILL) for n in names)
            for name in names if crash_at else []:
                self.instance(name).crash_at = crash_at
        return hit

    def leave(self, name: str) -> None:
        """SIGTERM, and no new process until `join`."""
        with self._lock:
            self.instance(name).wanted = False
            self.instance(name).signal(signal.SIGTERM)

    def join(self, name: str) -> None:
        self.instance(name).wanted = True

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for instance in self.instances:
            instance.signal(signal.SIGKILL)

    def unexpected(self) -> dict[int, int]:
        """Ends that no fault asked for. The watchdog's are not among them, it is there for storms; nor is that of a
        process whose transaction the brokers ended while it could not reach them, which looks to it like a second
        instance: a person should hear of that, and a supervisor starts it again."""
        ends = {code: n for code, n in self.exits.items() if code not in (0, KILLED, CRASH_POINT, WATCHDOG)}
        if 1 in ends:
            ends[1] -= self.fenced()
        return {code: n for code, n in ends.items() if n}

    def fenced(self) -> int:
        return sum(e["event"] == "stopped" and "took over the transactional id" in e["message"] for e in self.events())

    def events(self) -> list[dict]:
        lines = [line for i in self.instances if i.log.exists() for line in i.log.read_text(errors="replace").splitlines()]
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def _run(self) -> None:
        with contextlib.suppress(RuntimeError):  # the test ends
            while not self._stop.wait(0.05):
                with self._lock:
                    for instance in self.instances:
                        self._look_after(instance)

    def _look_after(self, instance: Instance) -> None:
        if instance.running():
            return
        if instance.process is not None:
            self.exits[instance.process.returncode] += 1
            instance.process = None
            instance.start_at = time.time() + self._pause
        if instance.wanted and time.time() >= instance.start_at:
            instance.start()
            self.starts += 1
