"""Host names of one process, whose addresses can change while it runs."""

import os
import pathlib
import shutil
import subprocess


class Names:
    """A hosts file that processes started by `within` see in place of the machine's: in a namespace of mounts of their
    own, so nobody else does."""

    def __init__(self, folder: pathlib.Path, addresses: dict[str, str]):
        self._file, self._addresses = folder / "hosts", {"localhost": "127.0.0.1"}
        self._file.touch()
        self.set(addresses)

    @staticmethod
    def why_not() -> str:
        """Empty where it can be done."""
        if os.geteuid() != 0 or not shutil.which("unshare"):
            return "needs root and unshare (Debian: util-linux)"
        tried = subprocess.run(["unshare", "--mount", "mount", "--bind", "/etc/hosts", "/etc/hosts"], capture_output=True)
        return "" if tried.returncode == 0 else f"no mount namespaces here: {tried.stderr.decode().strip()}"

    def set(self, addresses: dict[str, str]) -> None:
        self._addresses |= addresses
        text = "".join(f"{address} {name}\n" for name, address in self._addresses.items())
        # In place: the mount is of this very file. Readers find the old text, or the new one with something behind it.
        with open(self._file, "r+") as file:
            file.write(text)
            file.truncate()

    @property
    def within(self) -> list[str]:
        """What to put before a command; the process id is the command's own."""
        return ["unshare", "--mount", "sh", "-c", f'mount --bind "{self._file}" /etc/hosts && exec "$@"', "sh"]
