"""`ntsp simulate --dialect mixed` through `ntsp run`: one fabric, told in every dialect, is one and the same in the tables."""

import collections
import json
import subprocess

import pytest

from tests.support.load import wait_published
from tests.support.oracle import rows_of
from tests.support.service import BINARY
from tests.support.topics import read_all, read_tables

DIALECTS = {"eda", "gnmic-event", "gnmic-json", "gnmic-protojson", "telegraf", "cisco-pipeline", "cisco-mdt", "yang-push"}
NODES, INTERFACES = 4, 12  # six interfaces a message
MESSAGES = NODES * 2 * len(DIALECTS) ** 2  # each half of each node's interfaces in each dialect, many times
SAID_BY_ALL = {"admin_status", "oper_status", "ifindex", "in_octets", "out_octets", "in_errors", "in_discards"}


@pytest.fixture(scope="module")
def told(broker, tmp_path_factory):
    """table → rows in the order in which they were published, and the dead letters."""
    from tests.support.service import Service
    job = Service(broker, "simulated-dialects", tmp_path_factory.mktemp("simulated"), 2)
    try:
        job.start().wait_ready()
        made = job.command("simulate", "--dialect", "mixed", "--count", str(MESSAGES), "--rate", "0", "--nodes", str(NODES),
                           "--interfaces", str(INTERFACES))
        assert made.returncode == 0, made.stderr
        wait_published(job)
    finally:
        job.kill_all()
    tables = {table: [row for message in messages for row in rows_of(message.value())]
              for table, messages in read_tables(broker.bootstrap, job.tables).items()}
    return tables, read_all(broker.bootstrap, job.dead)


def test_nothing_is_a_dead_letter_and_nothing_goes_to_extra(told):
    tables, dead = told
    assert [d.value()[:300] for d in dead] == []
    assert [row for rows in tables.values() for row in rows if "extra" in row] == []


def test_every_message_is_of_its_dialect_and_names_its_node(told):
    nodes = collections.Counter(row["source_format"] for row in told[0]["node"])
    assert nodes == dict.fromkeys(DIALECTS, MESSAGES // len(DIALECTS))
    assert {row["node_name"] for row in told[0]["node"]} == {"spine001", "leaf002", "leaf003", "leaf004"}


def test_every_interface_has_status_and_counters_in_every_dialect(told):
    columns = collections.defaultdict(set)
    for row in told[0]["interface"]:
        columns[row["source_format"], row["node_name"], row["interface_name"]] |= set(row)
    assert len(columns) == len(DIALECTS) * NODES * INTERFACES
    for interface, known in columns.items():
        assert known >= SAID_BY_ALL, interface


@pytest.mark.parametrize("table,key,column", [
    ("interface", "interface_name", "ifindex"), ("interface", "interface_name", "speed_bps"), ("interface", "interface_name", "mtu"),
    ("interface", "interface_name", "admin_status"), ("address", "ip_address", "interface_name"), ("address", "ip_address", "family"),
    ("address", "ip_address", "prefix_length"), ("node", "node_name", "version"), ("node", "node_name", "platform"),
    ("node", "node_name", "serial_number"), ("node", "node_name", "boot_time"), ("node", "node_name", "hostname")])
def test_what_does_not_change_is_the_same_in_all_dialects(told, table, key, column):
    values, by = collections.defaultdict(set), set()
    for row in told[0][table]:
        if column in row:
            values[row["node_name"], row[key]].add(row[column])
            by.add(row["source_format"])
    assert len(by) >= 2, f"only {by} has it"
    assert [v for v in values.values() if len(v) > 1] == []


@pytest.mark.parametrize("column", ["in_octets", "out_octets", "in_unicast_packets", "in_packets", "in_errors", "in_discards"])
def test_a_counter_goes_on_growing_from_dialect_to_dialect(told, column):
    last, grew = {}, 0
    for row in told[0]["interface"]:
        if column in row:
            interface = (row["node_name"], row["interface_name"])
            before = last.get(interface, 0)
            assert row[column] >= before, row
            grew += row[column] > before
            last[interface] = row[column]
    assert len(last) == NODES * INTERFACES and grew > len(last)


def test_every_dialect_tells_all_addresses_of_its_messages(told):
    told_of = {(row["batch_id"], row["ip_address"], row["source_format"], row["family"]) for row in told[0]["address"]}
    counted = collections.Counter((dialect, family) for _, _, dialect, family in told_of)
    assert counted == {(dialect, family): 4 * MESSAGES // len(DIALECTS) for dialect in DIALECTS for family in (4, 6)}


def test_the_messages_can_be_printed_instead(tmp_path):
    for dialect in sorted(DIALECTS):
        printed = subprocess.run([BINARY, "simulate", "--stdout", "--dialect", dialect, "--count", "3", "--rate", "0"],
                                 capture_output=True, text=True, timeout=30, cwd=tmp_path)
        assert printed.returncode == 0, printed.stderr
        assert len([json.loads(line) for line in printed.stdout.splitlines()]) == 3
