"""Parts of the test in network namespaces of their own, on one bridge; what lies between them can be cut.

All of it is inside a namespace that the test was started in (__main__.py), so addresses and names meet nobody else's
and are gone with the test.
"""

import subprocess

HOME = "10.99.0.1"  # where the test itself, the object store and the load are
BRIDGE = "chaos0"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


class Network:
    """Every part has one address; `cloud` stands for the test's own."""

    def __init__(self):
        self._addresses = {"cloud": HOME}
        _run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
        _run("ip", "link", "set", "lo", "up")
        _run("ip", "link", "add", BRIDGE, "type", "bridge")
        _run("ip", "addr", "add", f"{HOME}/24", "dev", BRIDGE)
        _run("ip", "link", "set", BRIDGE, "up")
        self.can_delay = self._knows_netem()

    @staticmethod
    def _knows_netem() -> bool:
        try:
            _run("tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms")
            _run("tc", "qdisc", "del", "dev", "lo", "root")
            return True
        except (subprocess.CalledProcessError, FileNotFoundError):
            return False

    def add(self, part: str) -> str:
        """Makes a place for a part and says its address."""
        address = f"10.99.0.{10 + len(self._addresses)}"
        _run("ip", "netns", "add", part)
        _run("ip", "link", "add", self._outer(part), "type", "veth", "peer", "name", "eth0", "netns", part)
        _run("ip", "link", "set", self._outer(part), "master", BRIDGE, "up")
        _run("ip", "-n", part, "addr", "add", f"{address}/24", "dev", "eth0")
        _run("ip", "-n", part, "link", "set", "eth0", "up")
        _run("ip", "-n", part, "link", "set", "lo", "up")
        self._addresses[part] = address
        return address

    def within(self, part: str) -> list[str]:
        """What to put before a command to run it there; the process id is the command's own."""
        return ["ip", "netns", "exec", part]

    def isolate(self, part: str, on: bool) -> None:
        _run("ip", "link", "set", self._outer(part), "down" if on else "up")

    def cut(self, sender: str, receiver: str, on: bool) -> None:
        """Nothing that `sender` sends reaches `receiver`."""
        where = [] if sender == "cloud" else ["-n", sender]
        _run("ip", *where, "route", "add" if on else "del", "blackhole", f"{self._addresses[receiver]}/32")

    def delay(self, part: str, milliseconds: int) -> None:
        """To and from everybody; 0: no more."""
        if milliseconds:
            how = ["netem", "delay", f"{milliseconds}ms", f"{milliseconds // 2}ms"]
            _run("tc", "qdisc", "add", "dev", self._outer(part), "root", *how)
            _run("tc", "-n", part, "qdisc", "add", "dev", "eth0", "root", *how)
        else:
            _run("tc", "qdisc", "del", "dev", self._outer(part), "root")
            _run("tc", "-n", part, "qdisc", "del", "dev", "eth0", "root")

    @staticmethod
    def _outer(part: str) -> str:
        return f"to-{part}"


class NoNetwork:
    """Where namespaces are not allowed: everybody on 127.0.0.1, and no cuts."""

    can_delay = False

    def add(self, _part: str) -> str:
        return "127.0.0.1"

    def within(self, _part: str) -> list[str]:
        return []
