"""A small network whose story is known, as raw messages in EDA's dialect (deletes in gNMIc's)."""

import datetime
import json

from tests.support.facts import Made, iso
from tests.support.topics import Sender

ROOT = ".namespace.node.srl."


class Network:
    def __init__(self):
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(second=30, microsecond=0)
        self.messages: list = []

    @staticmethod
    def of_a_day() -> "Network":
        """leaf1 is nearly full; leaf2 has a link down, errors, a flapping link, was restarted and has leaf1's address;
        spine9 is silent since an hour."""
        network = Network()
        network.chassis("leaf1", "7220 IXR-D3L", "v25.3.2", booted_days=100)
        network.chassis("leaf2", "7220 IXR-D3L", "v25.3.2", booted_days=1)
        network.chassis("spine9", "7220 IXR-H3", "v25.3.1", booted_days=100, minutes=60)
        network.status("leaf1", "ethernet-1/1", minutes=50, oper="up", tpid="TPID_0X8100")
        network.status("leaf2", "ethernet-1/1", minutes=50, oper="up")
        network.speed("leaf1", "ethernet-1/1", "1G")
        network.speed("leaf2", "ethernet-1/1", "100G")
        network.status("leaf2", "ethernet-1/2", minutes=40, oper="down")
        network.status("leaf2", "ethernet-1/4", minutes=40, oper="down", admin="disable")
        for minutes, oper in zip(range(36, 24, -2), ("up", "down") * 3):
            network.status("leaf2", "ethernet-1/3", minutes=minutes, oper=oper)
        network.status("leaf2", "ethernet-1/3", minutes=20, oper="up")
        network.status("leaf2", "ethernet-1/3", minutes=19, oper="up")
        for step in range(5):
            network.counters("leaf1", "ethernet-1/1", minutes=30 - step,
                             **{"in-octets": step * 60 * 950_000_000 // 8, "out-octets": step * 1000})
            network.counters("leaf2", "ethernet-1/1", minutes=30 - step,
                             **{"in-octets": step * 60_000, "in-error-packets": max(0, step - 3) * 120})
        for node in ("leaf1", "leaf2"):
            network.address(node, "ethernet-1/1", "10.1.0.1/31")
        network.address("leaf1", "ethernet-1/2", "10.2.0.1/31")
        return network

    def chassis(self, node: str, platform: str, version: str, booted_days: int, minutes: float = 1) -> None:
        booted = self.now - datetime.timedelta(days=booted_days)
        self._add("platform.chassis", self._ago(minutes), {"node_name": node},
                  {"type": platform, "last-booted": iso(booted)})
        self._add("system.information", self._ago(minutes), {"node_name": node}, {"version": version})

    def speed(self, node: str, port: str, speed: str) -> None:
        self._add("interface.ethernet", self._ago(49), {"node_name": node, "interface_name": port}, {"port-speed": speed})

    def status(self, node: str, port: str, minutes: float = 0, at: datetime.datetime | None = None, oper: str = "up",
               admin: str = "enable", **fields) -> None:
        self._add("interface", at or self._ago(minutes), {"node_name": node, "interface_name": port},
                  {"admin-state": admin, "oper-state": oper} | fields)

    def counters(self, node: str, port: str, minutes: float, **counters: int) -> None:
        self._add("interface.statistics", self._ago(minutes), {"node_name": node, "interface_name": port}, counters)

    def address(self, node: str, port: str, prefix: str) -> None:
        self._add("interface.subinterface.ipv4.address", self._ago(5),
                  {"node_name": node, "interface_name": port, "subinterface_index": "0", "address_ip-prefix": prefix},
                  {"origin": "static"})

    def delete(self, node: str, port: str, minutes: float) -> None:
        nanoseconds = int(self._ago(minutes).timestamp() * 1e9)
        self.messages.append({"name": "interfaces", "timestamp": nanoseconds, "deletes": ["/interface"],
                              "tags": {"source": node, "interface_name": port}})

    def send(self, service) -> None:
        sender = Sender(service.broker.bootstrap, service.raw)
        for message in self.messages:
            sender.send(Made(None, json.dumps(message).encode()))
        sender.flush()

    def _ago(self, minutes: float) -> datetime.datetime:
        return self.now - datetime.timedelta(minutes=minutes)

    def _add(self, path: str, at: datetime.datetime, keys: dict, fields: dict) -> None:
        self.messages.append({"path": ROOT + path, "timestamp": iso(at), "entries": [{"keys": keys, "fields": fields}]})
