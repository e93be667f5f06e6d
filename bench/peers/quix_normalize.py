"""EDA's messages of the benchmark to ntsp's records, as plain Python: one node a message, `path` before `entries`."""

import datetime
import functools
import ipaddress
import uuid

COLUMNS = {
    "type": "platform", "serial-number": "serial_number", "version": "version", "location": "location",
    "last-booted": "boot_time", "admin-state": "admin_status", "oper-state": "oper_status", "ifindex": "ifindex",
    "last-change": "last_change", "in-octets": "in_octets", "out-octets": "out_octets",
    "in-unicast-packets": "in_unicast_packets", "out-unicast-packets": "out_unicast_packets",
    "in-error-packets": "in_errors", "out-error-packets": "out_errors", "in-discarded-packets": "in_discards",
    "out-discarded-packets": "out_discards", "origin": "origin", "status": "status"}
ADMIN = {"enable": "up", "disable": "down"}
UTC = datetime.timezone.utc


@functools.lru_cache(10_000)
def normal_time(text: str) -> str:
    return _micros(datetime.datetime.fromisoformat(text))


def of_millis(millis: int) -> str:
    return _micros(datetime.datetime.fromtimestamp(millis / 1000, UTC))


def _micros(time: datetime.datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@functools.lru_cache(100_000)
def address(prefix: str) -> dict:
    found = ipaddress.ip_interface(prefix)
    return {"address_ip_prefix": prefix, "ip_address": str(found.ip), "prefix_length": found.network.prefixlen,
            "family": found.version}


def normalize(parts: list, place: tuple[str, int, int], millis: int) -> tuple[str, dict[str, list[dict]]]:
    """The node, and the records of each table. `place`: topic, partition and offset of the raw message."""
    batch_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"kafka:{place[0]}/{place[1]}/{place[2]}@{millis}"))
    received_at = of_millis(millis)
    tables: dict[str, list[dict]] = {"node": [], "interface": [], "address": []}
    node_name, node, index = "", None, 0
    for part in parts:
        time = normal_time(part["timestamp"])
        is_address = part["path"].endswith(".address")
        for entry in part["entries"]:
            keys = entry["keys"]
            record = {"batch_id": batch_id, "record_index": index, "timestamp": time, "received_at": received_at,
                      "node_name": keys["node_name"], "namespace": keys["namespace_name"], "source_format": "eda"}
            if node is None:
                node_name, node = keys["node_name"], dict(record)
                tables["node"].append(node)
                index = record["record_index"] = 1
            if "interface_name" in keys:
                record["interface_name"] = keys["interface_name"]
                index += 1
                if is_address:
                    record["subinterface_index"] = int(keys["subinterface_index"])
                    record |= address(keys["address_ip-prefix"])
                tables["address" if is_address else "interface"].append(record)
            else:
                record = node  # its facts stand in several places
            for name, value in entry["fields"].items():
                column = COLUMNS.get(name)
                if column == "admin_status":
                    value = ADMIN.get(value, value)
                elif column in ("boot_time", "last_change"):
                    value = normal_time(value)
                if column:
                    record[column] = value
    return node_name, tables
