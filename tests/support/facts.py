"""A fabric's telemetry, made together with the records that a careful reader expects of it.

Nothing here is taken from ntsp: each maker writes the raw message and, beside it, the rows of the three tables by
the words of docs/records.md. It is the oracle of the tests.
"""

import dataclasses
import datetime
import json
import random

Row = dict  # column → value, without the columns that come from Kafka (batch_id, record_index, received_at)


@dataclasses.dataclass
class Made:
    """One raw message and what must become of it."""

    key: str | None
    value: bytes | None
    rows: list[tuple[str, Row]] = dataclasses.field(default_factory=list)  # (table, row) in record_index order
    dead: str | None = None  # ntsp.error.kind of the dead letter, if there must be one
    dead_value: bytes | None = None  # its value; None: the raw message's own


def iso(t: datetime.datetime) -> str:
    return t.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Element:
    """One EDA entry or gNMIc event with the row it makes."""

    def __init__(self, table: str | None, path: str, keys: dict, fields: dict, row: Row):
        self.table, self.path, self.keys, self.fields, self.row = table, path, keys, fields, row


class Fabric:
    def __init__(self, seed: int, nodes: int = 20):
        self.random = random.Random(seed)
        self.nodes = [f"leaf{i:03d}" for i in range(nodes)]
        self.clock = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        self.made = 0

    # -- what a device can say: elements -------------------------------------------------------------------------

    def _counter(self) -> int:
        return self.random.choice([0, self.random.randrange(1 << 20), self.random.randrange(1 << 63, 1 << 64)])

    def _spelled(self, number: int):
        return str(number) if self.random.random() < 0.3 else number

    def statistics(self, port: str) -> Element:
        names = {"in-octets": "in_octets", "out-octets": "out_octets", "in-unicast-packets": "in_unicast_packets",
                 "in-error-packets": "in_errors", "out-discarded-packets": "out_discards"}
        values = {leaf: self._counter() for leaf in names}
        return Element("interface", "interface.statistics", {"interface_name": port},
                       {leaf: self._spelled(v) for leaf, v in values.items()},
                       {"interface_name": port} | {names[leaf]: v for leaf, v in values.items()})

    def status(self, port: str) -> Element:
        up = self.random.random() < 0.9
        t = self.clock - datetime.timedelta(seconds=self.random.randrange(10**6), milliseconds=self.random.randrange(1000))
        text = t.strftime("%Y-%m-%dT%H:%M:%S.") + f"{t.microsecond // 1000:03d}Z"
        note = self.random.choice(["to spine1", 'quotes "and" \\ back', "ünïcode → ok", "tab\there"])
        return Element("interface", "interface", {"interface_name": port},
                       {"admin-state": "enable", "oper-state": "up" if up else "down", "mtu": 9232,
                        "description": note, "last-change": text, "tpid": "TPID_0X8100"},
                       {"interface_name": port, "admin_status": "up", "oper_status": "up" if up else "down", "mtu": 9232,
                        "description": note, "last_change": iso(t), "extra": {"tpid": "TPID_0X8100"}})

    def subinterface(self, port: str) -> Element:
        index = self.random.randrange(4000)
        return Element("interface", "interface.subinterface", {"interface_name": port, "subinterface_index": str(index)},
                       {"admin-state": "disable", "oper-state": "down", "oper-down-reason": "port-down"},
                       {"interface_name": port, "subinterface_index": index, "admin_status": "down",
                        "oper_status": "down", "oper_down_reason": "port-down"})

    def address(self, port: str, family: int) -> Element:
        if family == 4:
            ip, length = f"10.{self.random.randrange(256)}.{self.random.randrange(256)}.{self.random.randrange(1, 255)}", 31
        else:
            ip, length = f"2001:db8:{self.random.randrange(1, 65536):x}::{self.random.randrange(1, 65536):x}", 64
        return Element("address", f"interface.subinterface.ipv{family}.address",
                       {"interface_name": port, "subinterface_index": "0", "address_ip-prefix": f"{ip}/{length}"},
                       {"origin": "static", "status": "preferred"},
                       {"interface_name": port, "subinterface_index": 0, "address_ip_prefix": f"{ip}/{length}",
                        "ip_address": ip, "prefix_length": length, "family": family, "origin": "static",
                        "status": "preferred"})

    def information(self) -> Element:
        version = f"v25.3.{self.random.randrange(9)}"
        return Element("node", "system.information", {}, {"version": version, "location": "row 7"},
                       {"version": version, "location": "row 7"})

    def _port(self) -> str:
        return f"ethernet-1/{self.random.randrange(1, 49)}"

    def element(self) -> Element:
        port = self._port()
        return self.random.choice([
            lambda: self.statistics(port), lambda: self.statistics(port), lambda: self.status(port),
            lambda: self.subinterface(port), lambda: self.address(port, 4), lambda: self.address(port, 6),
            self.information])()

    # -- messages -------------------------------------------------------------------------------------------------

    def message(self) -> Made:
        """A good one of any kind, or one that is dropped or partly or wholly dead."""
        self.made += 1
        self.clock += datetime.timedelta(milliseconds=20)
        makers = [(self.eda, 60), (self.gnmic, 25), (self.nothing, 5), (self.partly_bad, 3), (self.bad, 2)]
        return self.random.choices([m for m, _ in makers], [w for _, w in makers])[0]()

    def eda(self, elements: int | None = None) -> Made:
        node = self.random.choice(self.nodes)
        return self._eda([(node, self.element()) for _ in range(elements or self.random.choice([1, 1, 1, 2, 5, 21]))])

    def _eda(self, said: list[tuple[str, Element]]) -> Made:
        objects, rows = [], _Rows("eda", "lab")
        for node, element in said:
            t = self.clock if self.random.random() < 0.7 else None
            entry = {"keys": {"namespace_name": "lab", "node_name": node} | element.keys, "fields": element.fields}
            envelope = {"path": f".namespace.node.srl.{element.path}", "entries": [entry]}
            if t:
                envelope["timestamp"] = t.strftime("%Y-%m-%dT%H:%M:%SZ")
                t = t.replace(microsecond=0)
            objects.append(envelope)
            rows.add(node, t, element)
        value = objects[0] if len(objects) == 1 and self.random.random() < 0.5 else objects
        return Made(said[0][0], json.dumps(value, ensure_ascii=False).encode(), rows.done())

    def gnmic(self) -> Made:
        node, events, rows = self.random.choice(self.nodes), [], _Rows("gnmic-event", None)
        for _ in range(self.random.choice([1, 1, 3])):
            element = self.element()
            if element.table == "node":
                continue
            container = element.path.replace(".", "/")
            events.append({
                "name": "all", "timestamp": int(self.clock.timestamp() * 1000) * 10**6 + 789,
                "tags": {"source": f"{node}:57400", "subscription-name": "all"} | element.keys,
                "values": {f"/srl_nokia-interfaces:{container}/{leaf}": v for leaf, v in element.fields.items()}})
            t = self.clock.replace(microsecond=self.clock.microsecond // 1000 * 1000)
            rows.add(node, t, element)
        if not events:
            return self.nothing()
        return Made(node, json.dumps(events).encode(), rows.done())

    def nothing(self) -> Made:
        """Recognised, and nothing for the tables."""
        node = self.random.choice(self.nodes)
        value = self.random.choice([
            [], {"sync-response": True},
            {"name": "x", "timestamp": 1, "tags": {"source": node, "interface_name": "e1"}},
            {"path": ".namespace.node.srl.network-instance.protocols.bgp.neighbor",
             "entries": [{"keys": {"node_name": node, "neighbor_peer-address": "10.0.0.1"},
                          "fields": {"session-state": "established"}}]},
            {"path": ".namespace.node.srl.interface", "entries": []}])
        return Made(node, json.dumps(value).encode())

    def partly_bad(self) -> Made:
        """One good entry and one without an interface name: the first is published, the second is a dead letter."""
        node, port = self.random.choice(self.nodes), self._port()
        good, rows = self.statistics(port), _Rows("eda", None)
        lost = f"lost-{self.made}"
        entries = [{"keys": {"node_name": node} | good.keys, "fields": good.fields},
                   {"keys": {"node_name": node}, "fields": {"in-octets": 1, "marker": lost}}]
        envelope = {"path": ".node.srl.interface.statistics", "entries": entries}
        rows.add(node, None, good)
        return Made(node, json.dumps(envelope).encode(), rows.done(), "missing-interface",
                    json.dumps([envelope | {"entries": entries[1:]}]).encode())

    def bad(self) -> Made:
        value, kind = self.random.choice([
            (b'{"path":".node.srl.interface","entries":[', "invalid-json"), (b"not json %d" % self.made, "invalid-json"),
            (b'{"text":"\xff\xfe"}', "invalid-utf8"), (b'{"hello":"world %d"}' % self.made, "unknown-dialect"),
            (b"   ", "empty"), (b"42", "unknown-dialect"),
            (b'{"path":".node.srl.interface","entries":[{"keys":{"interface_name":"e1"},"fields":{"mtu":1}}]}',
             "missing-node")])
        return Made(self.random.choice(self.nodes), value, [], kind)


class _Rows:
    """Numbers the rows of a message: a node's stands at its first mention, with the latest time and the last leaf."""

    def __init__(self, source_format: str, namespace: str | None):
        self._common = {"source_format": source_format} | ({"namespace": namespace} if namespace else {})
        self._rows: list[tuple[str, Row]] = []
        self._nodes: dict[str, Row] = {}

    def add(self, node: str, t: datetime.datetime | None, element: Element) -> None:
        if node not in self._nodes:
            self._nodes[node] = {"node_name": node, "timestamp": None} | self._common
            self._rows.append(("node", self._nodes[node]))
        row = self._nodes[node]
        # None stands for "when it was received", which is later than what any device of this fabric says.
        row.setdefault("times", []).append(t)
        if element.table == "node":
            row.update(element.row)
        else:
            self._rows.append((element.table, {"node_name": node, "timestamp": t} | self._common | element.row))

    def done(self) -> list[tuple[str, Row]]:
        for row in self._nodes.values():
            row["timestamp"] = row.pop("times")
        for _, row in self._rows:
            if not isinstance(row["timestamp"], list):
                row["timestamp"] = [row["timestamp"]]
        return self._rows
