"""Clocks of single processes that can be set wrong while they run (clock.c)."""

import mmap
import os
import pathlib
import shutil
import subprocess

SOURCE = pathlib.Path(__file__).with_name("clock.c")


class Clocks:
    def __init__(self, folder: pathlib.Path):
        self._folder, self._library = folder, folder / "clock.so"
        self._offsets: dict[str, mmap.mmap] = {}
        subprocess.run(["cc", "-O1", "-w", "-shared", "-fPIC", str(SOURCE), "-o", str(self._library), "-ldl"], check=True)

    @staticmethod
    def can() -> bool:
        return shutil.which("cc") is not None

    def environment(self, name: str) -> dict[str, str]:
        """What a process needs in its environment to have the clock of that name."""
        path = self._folder / f"{name}.clock"
        path.write_bytes(b"0".ljust(32, b"\0"))
        file = os.open(path, os.O_RDWR)
        self._offsets[name] = mmap.mmap(file, 32)
        os.close(file)
        return {"LD_PRELOAD": str(self._library), "CHAOS_CLOCK": str(path)}

    def set(self, name: str, seconds: int) -> None:
        """How far its clock is from the right time, from now on."""
        self._offsets[name][:] = str(seconds).encode().ljust(32, b"\0")
