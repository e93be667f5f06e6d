"""The statements of `ntsp schema clickhouse`, and every query of docs/clickhouse.md, on a real ClickHouse engine with
records that ntsp made."""

import datetime
import json
import pathlib
import subprocess

import jsonschema
import pytest

from tests.support.clickhouse import ClickHouse, queries, schema
from tests.support.load import send_all, wait_archived, wait_published
from tests.support.network import Network
from tests.support.oracle import rows_of
from tests.support.service import BINARY
from tests.support.topics import read_tables

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "clickhouse.md"
QUERIES = queries(PAGE)
DATABASE = "telemetry"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = ClickHouse(tmp_path_factory.mktemp("clickhouse") / "data")
    yield engine
    engine.close()


@pytest.fixture
def clickhouse(engine):
    """With the tables, empty."""
    engine.run(f"DROP DATABASE IF EXISTS {DATABASE}")
    engine.run_schema(schema("clickhouse"))
    return engine


def normalized(messages: list[dict], received_at: datetime.datetime) -> list[tuple[str, dict]]:
    ran = subprocess.run([BINARY, "normalize", "--received-at", received_at.strftime("%Y-%m-%dT%H:%M:%SZ")], check=True,
                         input="\n".join(map(json.dumps, messages)), capture_output=True, text=True)
    return [(line["table"], line["record"]) for line in map(json.loads, ran.stdout.splitlines())]


def feed(clickhouse: ClickHouse, network: Network) -> list[tuple[str, dict]]:
    records = normalized(network.messages, network.now)
    for table in ("node", "interface", "address"):
        rows = [record for of, record in records if of == table]
        clickhouse.consume(table, json.dumps(rows))
    return records


@pytest.fixture
def network(clickhouse):
    """A small network's day, in the tables."""
    network = Network.of_a_day()
    network.records = feed(clickhouse, network)
    return network


def answer(clickhouse: ClickHouse, beginning: str) -> list[dict]:
    (sql,) = [sql for heading, sql in QUERIES.items() if heading.startswith(beginning)]
    return clickhouse.rows(sql)


# -- the statements -------------------------------------------------------------------------------------------------

def test_the_engine_takes_every_kafka_table_with_its_settings(engine):
    engine.run("CREATE DATABASE IF NOT EXISTS declared")
    assert engine.declare_kafka_tables(schema("clickhouse", "--database", "declared", "--consumers", "2")) == 3


def test_the_statements_can_be_run_again_and_with_a_ttl(engine):
    sql = schema("clickhouse", "--database", "again", "--ttl-days", "30")
    engine.run_schema(sql)
    engine.run_schema(sql)
    tables = engine.value("SELECT count() FROM system.tables WHERE database = 'again'")
    assert tables == 3 * (1 + 3 + 3) + 2


def test_a_database_that_would_need_quotes_is_refused():
    ended = subprocess.run([BINARY, "schema", "clickhouse", "--database", "a;b"], capture_output=True, text=True)
    assert ended.returncode == 2 and "--database a;b" in ended.stderr and ended.stdout == ""


def test_brokers_and_topics_come_from_the_settings(monkeypatch):
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "b1:9092,b2:9092")
    monkeypatch.setenv("KAFKA_NODE_TOPIC", "my-nodes")
    sql = schema("clickhouse")
    assert "'b1:9092,b2:9092'" in sql and "'my-nodes'" in sql
    assert "'other:1'" in schema("clickhouse", "--brokers", "other:1")


# -- records ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("framing", ["array", "lines", "record"])
def test_what_ntsp_publishes_is_what_stands_in_the_tables(clickhouse, service, tmp_path, framing):
    """All of it, whatever the framing, once: although each message is read twice."""
    archive = tmp_path / "archive"
    job = service(2, KAFKA_OUTPUT_FRAMING=framing, ARCHIVE_URI=f"file://{archive}", ARCHIVE_MAX_AGE_S="1")
    process = job.start().wait_ready()
    send_all(job, 30)  # each message is an insert of its own, which is what takes the time
    wait_published(job)
    wait_archived(job)
    assert process.terminate() == 0
    for table, messages in read_tables(job.broker.bootstrap, job.tables).items():
        rows = [row for message in messages for row in rows_of(message.value())]
        assert len(rows) > 10
        for message in messages + messages:
            clickhouse.consume(table, message.value().decode())
        assert sorted(stored(clickhouse, table), key=identity) == sorted(rows, key=identity)
        assert_archive_agrees(clickhouse, table, archive, len(rows))


def identity(row: dict) -> tuple:
    return row["batch_id"], row["record_index"]


def stored(clickhouse: ClickHouse, table: str) -> list[dict]:
    """The rows as ntsp writes them: what is absent has no key."""
    rows = clickhouse.rows(f"SELECT * FROM {DATABASE}.{table} FINAL SETTINGS output_format_json_quote_64bit_integers = 0")
    return [{name: as_rfc3339(value) for name, value in row.items() if not is_absent(value)} for row in rows]


def is_absent(value) -> bool:
    """As ClickHouse stores what ntsp leaves out. Zero is not among them."""
    return value is None or value is False or value == "" or value == {}


def as_rfc3339(value):
    is_time = isinstance(value, str) and len(value) == 26 and value[10] == " " and value[19] == "."
    return value.replace(" ", "T") + "Z" if is_time else value


def assert_archive_agrees(clickhouse: ClickHouse, table: str, archive: pathlib.Path, count: int) -> None:
    files = f"file('{archive}/**/{table}/**/*.parquet', Parquet)"
    columns = ", ".join(row["name"] for row in clickhouse.rows(
        f"SELECT name FROM system.columns WHERE database = '{DATABASE}' AND table = '{table}' AND type NOT LIKE 'Map%' "
        "AND type NOT IN ('Bool', 'UUID') AND name NOT IN ('namespace', 'extra')"))
    assert clickhouse.value(f"SELECT count() FROM {files}") == count
    both = f"SELECT toString(batch_id) AS batch_id, {columns} FROM "
    assert clickhouse.rows(f"{both} {files} EXCEPT {both} {DATABASE}.{table}") == []


def test_a_record_that_is_read_twice_is_merged_into_one(clickhouse, network):
    before = clickhouse.value(f"SELECT count() FROM {DATABASE}.interface")
    feed(clickhouse, network)
    assert clickhouse.value(f"SELECT count() FROM {DATABASE}.interface") == 2 * before
    assert clickhouse.value(f"SELECT count() FROM {DATABASE}.interface FINAL") == before
    clickhouse.run(f"OPTIMIZE TABLE {DATABASE}.interface FINAL")
    assert clickhouse.value(f"SELECT count() FROM {DATABASE}.interface") == before


def test_views_say_the_same_when_records_are_read_twice(clickhouse, network):
    views = {heading: sql for heading, sql in QUERIES.items() if "_now" in sql or "_rate" in sql}
    before = {heading: clickhouse.rows(sql) for heading, sql in views.items()}
    feed(clickhouse, network)
    for heading, sql in views.items():
        assert without_clock(clickhouse.rows(sql)) == without_clock(before[heading]), heading


def without_clock(rows: list[dict]) -> list[dict]:
    return [{name: value for name, value in row.items() if name != "minutes"} for row in rows]


def test_a_device_with_a_wrong_clock_makes_no_partitions_of_its_own(clickhouse):
    network = Network()
    for year in range(1990, 2110):
        network.status("leaf1", "ethernet-1/1", at=datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc), oper="up")
    feed(clickhouse, network)
    assert clickhouse.value(f"SELECT uniqExact(_partition_id) FROM {DATABASE}.interface") == 1


def test_the_time_of_a_query_prunes_days(clickhouse, network):
    explained = clickhouse.rows(f"EXPLAIN indexes = 1 SELECT * FROM {DATABASE}.interface WHERE timestamp > now() + INTERVAL 2 DAY")
    assert any("Parts: 0/" in line for row in explained for line in row.values()), explained


def test_a_column_of_a_newer_ntsp_is_left_out(clickhouse):
    network = Network()
    network.status("leaf1", "ethernet-1/1", oper="up")
    (record,) = [record for table, record in normalized(network.messages, network.now) if table == "interface"]
    clickhouse.consume("interface", json.dumps([record | {"column_of_the_future": {"deep": [1]}}]))
    assert clickhouse.value(f"SELECT oper_status FROM {DATABASE}.interface") == "up"


def test_a_message_that_is_no_record_is_kept_with_the_reason(clickhouse):
    clickhouse.run(f"INSERT INTO {DATABASE}.node_kafka (_topic, _partition, _offset, _timestamp_ms, _error, _raw_message) "
                   "VALUES ('node-data', 3, 17, now64(3), 'Cannot parse input', 'rubbish')")
    (row,) = answer(clickhouse, "What could not be read?")
    assert (row["topic"], row["partition"], row["offset"], row["error"]) == ("node-data", 3, 17, "Cannot parse input")
    assert clickhouse.value(f"SELECT count() FROM {DATABASE}.node") == 0


# -- latest states ---------------------------------------------------------------------------------------------------

def test_the_latest_state_joins_what_came_in_different_records(clickhouse):
    network = Network()
    network.status("leaf1", "ethernet-1/1", minutes=20, oper="down")
    network.counters("leaf1", "ethernet-1/1", minutes=10, **{"in-octets": 5})
    network.status("leaf1", "ethernet-1/1", minutes=30, oper="up")  # late: it must not win
    feed(clickhouse, network)
    (row,) = clickhouse.rows(f"SELECT * FROM {DATABASE}.interface_now")
    assert (row["oper_status"], row["in_octets"], row["out_octets"]) == ("down", 5, None)


def test_what_was_deleted_is_gone_until_it_comes_back(clickhouse):
    network = Network()
    network.status("leaf1", "ethernet-1/1", minutes=20, oper="up")
    network.delete("leaf1", "ethernet-1/1", minutes=10)
    feed(clickhouse, network)
    assert clickhouse.rows(f"SELECT * FROM {DATABASE}.interface_now") == []
    network.status("leaf1", "ethernet-1/1", minutes=5, oper="up")
    feed(clickhouse, network)
    assert len(clickhouse.rows(f"SELECT * FROM {DATABASE}.interface_now")) == 1


# -- rates -------------------------------------------------------------------------------------------------------------

def rates(clickhouse: ClickHouse) -> list[dict]:
    return clickhouse.rows(f"SELECT * FROM {DATABASE}.interface_rate(since = now() - INTERVAL 2 HOUR, until = now()) "
                           "ORDER BY minute")


def test_a_rate_is_the_increase_by_the_time_between_two_samples(clickhouse):
    network = Network()
    for minutes, octets, packets in ((32, 1000, 10), (31, 7000, 70), (30, 67_000, 130)):
        network.counters("leaf1", "ethernet-1/1", minutes=minutes, **{"in-octets": octets, "in-unicast-packets": packets})
    feed(clickhouse, network)
    assert [(r["in_bps"], r["in_unicast_pps"], r["out_bps"], r["resets"]) for r in rates(clickhouse)] == [
        (800, 1, None, 0), (8000, 1, None, 0)]


def test_a_counter_that_begins_again_counts_from_zero_and_is_told(clickhouse):
    network = Network()
    for minutes, octets in ((33, 1_000_000), (32, 1_006_000), (31, 600), (30, 6600)):
        network.counters("leaf1", "ethernet-1/1", minutes=minutes, **{"out-octets": octets})
    feed(clickhouse, network)
    assert [(r["out_bps"], r["resets"]) for r in rates(clickhouse)] == [(800, 0), (80, 1), (800, 0)]


def test_counters_that_come_in_different_records_do_not_disturb_each_other(clickhouse):
    network = Network()
    for minutes in (33, 32, 31):
        network.counters("leaf1", "ethernet-1/1", minutes=minutes, **{"in-octets": 6000 * (40 - minutes)})
        network.counters("leaf1", "ethernet-1/1", minutes=minutes - 0.5, **{"out-octets": 60_000 * (40 - minutes)})
    feed(clickhouse, network)
    assert {(r["in_bps"], r["out_bps"]) for r in rates(clickhouse)} <= {(800, 8000), (800, None), (None, 8000)}


# -- the document's own queries ------------------------------------------------------------------------------------------

def test_the_document_has_ten_questions():
    assert [int(heading.split(".")[0]) for heading in QUERIES if heading[0].isdigit()] == list(range(1, 11))


def test_which_interfaces_are_down(clickhouse, network):
    assert [(r["node_name"], r["interface_name"]) for r in answer(clickhouse, "1.")] == [("leaf2", "ethernet-1/2")]


def test_which_links_carried_the_most(clickhouse, network):
    first, *_ = answer(clickhouse, "2.")
    assert (first["node_name"], first["interface_name"], first["peak_mbps"]) == ("leaf1", "ethernet-1/1", 950)


def test_which_links_are_full(clickhouse, network):
    rows = answer(clickhouse, "3.")
    assert {(r["node_name"], r["interface_name"], r["percent"]) for r in rows} == {("leaf1", "ethernet-1/1", 95)}


def test_where_errors_are(clickhouse, network):
    (row,) = answer(clickhouse, "4.")
    assert (row["node_name"], row["interface_name"], row["in_errors"]) == ("leaf2", "ethernet-1/1", 2)


def test_which_nodes_are_silent(clickhouse, network):
    assert [r["node_name"] for r in answer(clickhouse, "5.")] == ["spine9"]


def test_which_software_runs_where(clickhouse, network):
    assert [(r["platform"], r["version"], r["nodes"]) for r in answer(clickhouse, "6.")] == [
        ("7220 IXR-D3L", "v25.3.2", 2), ("7220 IXR-H3", "v25.3.1", 1)]


def test_who_has_an_address_of_a_network(clickhouse, network):
    assert [(r["node_name"], r["address_ip_prefix"]) for r in answer(clickhouse, "7.")] == [
        ("leaf1", "10.1.0.1/31"), ("leaf2", "10.1.0.1/31")]


def test_which_address_is_on_two_nodes(clickhouse, network):
    (row,) = answer(clickhouse, "8.")
    assert row["ip_address"] == "10.1.0.1" and sorted(row["nodes"]) == ["leaf1", "leaf2"]


def test_which_interfaces_flap(clickhouse, network):
    assert [(r["node_name"], r["interface_name"], r["changes"]) for r in answer(clickhouse, "9.")] == [
        ("leaf2", "ethernet-1/3", 6)]


def test_which_nodes_were_restarted(clickhouse, network):
    assert [r["node_name"] for r in answer(clickhouse, "10.")] == ["leaf2"]


def test_how_far_behind_the_records_are(clickhouse, network):
    assert {r["node_name"] for r in answer(clickhouse, "How far behind")} == {"leaf1", "leaf2"}


def test_which_leaves_have_no_column(clickhouse, network):
    assert answer(clickhouse, "Which leaves")[0] == {"source_format": "eda", "name": "tpid", "times": 1, "example": "TPID_0X8100"}


def test_questions_to_the_parquet_files(clickhouse, service, tmp_path):
    archive = tmp_path / "archive"
    job = service(1, ARCHIVE_URI=f"file://{archive}", ARCHIVE_MAX_AGE_S="1")
    job.start().wait_ready()
    network = Network.of_a_day()
    network.send(job)
    wait_published(job)
    wait_archived(job)
    asked = {heading: sql for heading, sql in QUERIES.items() if "FROM s3(" in sql}
    assert len(asked) == 2
    for heading, sql in asked.items():
        (bucket,) = {word for word in sql.split("'") if word.startswith("https://")}
        place = bucket.replace("https://BUCKET.s3.amazonaws.com/processed", str(archive))
        rows = clickhouse.rows(sql.replace(f"s3('{bucket}')", f"file('{place}', Parquet)"))
        assert rows, heading
        if "records" in rows[0]:
            interfaces = [r for table, r in normalized(network.messages, network.now) if table == "interface"]
            assert sum(row["records"] for row in rows) == len(interfaces)


# -- the other schemas -------------------------------------------------------------------------------------------------

def test_every_record_is_valid_by_the_json_schema():
    validator = jsonschema.Draft202012Validator(json.loads(schema("json")))
    network = Network.of_a_day()
    for _, record in normalized(network.messages, network.now):
        validator.validate(record)
    assert not validator.is_valid({"node_name": "leaf1"})
    assert not validator.is_valid(record | {"no_such_column": 1})


def test_the_parquet_schema_names_the_columns_of_all_tables():
    text = schema("parquet")
    for line in ("// node", "// interface", "// address", "interface_name", "address_ip_prefix", "boot_time"):
        assert line in text
