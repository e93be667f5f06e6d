"""One thread of a process that stands still while the others go on, as a client that is stuck in itself does."""

import contextlib
import ctypes
import os
import pathlib

import pytest

_SEIZE, _INTERRUPT, _DETACH, _ALL_THREADS = 0x4206, 0x4207, 17, 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def threads(pid: int) -> list[tuple[int, str]]:
    """Ids and names, oldest first."""
    return sorted((int(task.name), (task / "comm").read_text().strip()) for task in pathlib.Path(f"/proc/{pid}/task").iterdir())


@contextlib.contextmanager
def frozen(thread: int):
    """To be left by the thread that entered it, before the process is waited for."""
    if _libc.ptrace(_SEIZE, thread, None, None) != 0:
        pytest.skip(f"threads cannot be stopped here: {os.strerror(ctypes.get_errno())}")
    try:
        assert _libc.ptrace(_INTERRUPT, thread, None, None) == 0
        os.waitpid(thread, _ALL_THREADS)
        yield
    finally:
        if _libc.ptrace(_DETACH, thread, None, None) != 0:  # the process has ended
            with contextlib.suppress(ChildProcessError):
                os.waitpid(thread, _ALL_THREADS | os.WNOHANG)
