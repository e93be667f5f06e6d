"""Child processes that end with the test. Where it runs in a process namespace of its own (__main__.py) the kernel sees
to that, whatever ends the test; elsewhere `kill_all` does."""

import subprocess
import threading

_started: list[subprocess.Popen] = []
_lock = threading.Lock()
_over = False


def start(command: list[str], log, **more) -> subprocess.Popen:
    with _lock:
        if _over:
            raise RuntimeError("the test ends, so nothing is started any more")
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **more)
        _started.append(process)
        return process


def kill_all() -> None:
    """From then on nothing can be started."""
    global _over
    with _lock:
        _over = True
    for process in _started:
        if process.poll() is None:
            process.kill()
    for process in _started:
        process.wait()
