"""Child processes that end with the test. Where it runs in a process namespace of its own (__main__.py) the kernel sees
to that, whatever ends the test; elsewhere `kill_all` does."""

import subprocess

_started: list[subprocess.Popen] = []


def start(command: list[str], log, **more) -> subprocess.Popen:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **more)
    _started.append(process)
    return process


def kill_all() -> None:
    for process in _started:
        if process.poll() is None:
            process.kill()
    for process in _started:
        process.wait()
