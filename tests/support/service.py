"""`ntsp run` as a child process, with topics of its own."""

import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.request

from tests.support.oracle import TABLES
from tests.support.ports import free_port

BINARY = pathlib.Path(os.environ.get("NTSP_BINARY", pathlib.Path(__file__).resolve().parents[2] / "build/release/ntsp"))
PATIENCE = float(os.environ.get("NTSP_PATIENCE", "1"))  # how many times as long a slow build may take


class Service:
    """Settings of one group of ntsp processes; `start` makes a process."""

    def __init__(self, broker, name: str, folder: pathlib.Path, partitions: int = 4, **settings: str):
        self.broker, self.name, self.folder = broker, name, folder
        self.raw, self.dead = f"{name}-data", f"{name}-dlq"
        self.tables = {table: f"{name}-{table}" for table in TABLES}
        self.group = f"{name}-group"
        self.processes: list[Process] = []
        self.within: list[str] = []  # what is put before a process's command
        self._settings = {
            **kafka_settings(broker.bootstrap, self.group, self.raw, self.dead, self.tables),
            "KAFKA_CLIENT_SESSION_TIMEOUT_MS": "3000",
            "KAFKA_CLIENT_HEARTBEAT_INTERVAL_MS": "500",
            "NORMALIZE_WORKERS": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "LOG_FORMAT": "json",
        } | settings
        if partitions:
            broker.create_topics(partitions, self.raw)

    def start(self, instance: str = "one", *args: str, **settings: str) -> "Process":
        process = Process(self, instance, args, self._settings | settings)
        self.processes.append(process)
        return process

    def command(self, *args: str, timeout: float = 120, **settings: str) -> subprocess.CompletedProcess:
        """Another command of ntsp with the same settings, to its end."""
        return subprocess.run([BINARY, *args], capture_output=True, text=True, timeout=timeout, cwd=self.folder,
                              stdin=subprocess.DEVNULL, env=clean_environment() | self._settings | settings)

    def kill_all(self) -> None:
        for process in self.processes:
            process.kill()

    def logs(self) -> list[dict]:
        return [line for process in self.processes for line in process.lines()]


class Process:
    def __init__(self, service: Service, instance: str, args: tuple, settings: dict):
        self.port = free_port()
        self.log = service.folder / f"{service.name}-{instance}-{len(service.processes)}.log"
        self._out = open(self.log, "ab")
        self._process = subprocess.Popen(
            [*service.within, BINARY, "run", *args], stdout=self._out, stderr=self._out, stdin=subprocess.DEVNULL,
            cwd=service.folder,
            env=clean_environment() | settings | {"INSTANCE_ID": instance, "HTTP_LISTEN": f"127.0.0.1:{self.port}"})

    @property
    def pid(self) -> int:
        return self._process.pid

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def metric(self, name: str, **labels: str) -> float:
        """The sum of the series of that name with these labels; the name must be one that ntsp knows."""
        total, text = 0.0, self.get("/metrics")[1]
        assert f"# TYPE {name} " in text, f"no metric {name}"
        for line in text.splitlines():
            if line.startswith((name + "{", name + " ")) and all(f'{k}="{v}"' in line for k, v in labels.items()):
                total += float(line.rsplit(" ", 1)[1])
        return total

    def wait_ready(self, timeout: float = 60) -> "Process":
        wait_for(lambda: self.running() and self.get("/readyz")[0] == 200, timeout,
                 lambda: f"{self.log} says:\n{self.log.read_text()[-2000:]}\n{self.get('/readyz')}")
        return self

    def running(self) -> bool:
        assert self._process.poll() is None, f"ntsp ended with {self._process.returncode}:\n{self.log.read_text()[-2000:]}"
        return True

    def returncode(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._out.close()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def terminate(self, timeout: float = 25) -> int:
        """SIGTERM, and its exit code."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout * PATIENCE)
        return self._process.returncode


def kafka_settings(bootstrap: str, group: str, raw: str, dead: str, tables: dict[str, str]) -> dict[str, str]:
    """Where ntsp reads and writes. `tables`: table → topic."""
    return {"KAFKA_BOOTSTRAP_SERVERS": bootstrap, "KAFKA_CONSUMER_GROUP": group, "KAFKA_RAW_TOPIC": raw,
            "KAFKA_DEAD_LETTER_TOPIC": dead} | {f"KAFKA_{table.upper()}_TOPIC": topic for table, topic in tables.items()}


def clean_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("KAFKA_", "AWS_", "OTEL_", "LOGFIRE_"))}


def wait_for(condition, timeout: float, explain=lambda: "") -> None:
    timeout *= PATIENCE
    deadline = time.time() + timeout
    while not condition():
        assert time.time() < deadline, f"not within {timeout} s. {explain()}"
        time.sleep(0.1)
