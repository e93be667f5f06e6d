"""What deploy/ gives to Prometheus and Grafana holds against the running program and the documents."""

import json
import pathlib
import re
import shutil
import subprocess

import pytest
import yaml

from tests.support.cloud import KEYS
from tests.support.facts import Made
from tests.support.load import send_all, wait_archived, wait_published
from tests.support.service import BINARY, Service, wait_for
from tests.support.topics import Sender

ROOT = pathlib.Path(__file__).resolve().parents[1]
RULES = ROOT / "deploy/prometheus/ntsp.rules.yml"
DASHBOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))
PANEL_KINDS = {"row", "stat", "timeseries", "table"}


def rules() -> list[dict]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def panels(path: pathlib.Path) -> list[dict]:
    return [panel for panel in json.loads(path.read_text())["panels"] if panel["type"] != "row"]


def queries(kind: str) -> list[str]:
    return [target[kind] for path in DASHBOARDS for panel in panels(path) for target in panel["targets"] if kind in target]


def metrics_in(expression: str) -> set[str]:
    return set(re.findall(r"\b((?:ntsp|process)_[a-z_]+)\b", expression))


@pytest.fixture(scope="module")
def exposed(broker, cloud, tmp_path_factory) -> set[str]:
    """The names of the series of a program that has worked, histograms' parts included."""
    job = Service(broker, "deploy", tmp_path_factory.mktemp("deploy"), 1, **KEYS, AWS_S3_BUCKET=cloud.bucket(),
                  AWS_ENDPOINT_URL=cloud.endpoint, ARCHIVE_MAX_AGE_S="1", AWS_SNS_TOPIC_ARN=cloud.alert_topic().arn)
    try:
        process = job.start().wait_ready()
        send_all(job, 50)
        sender = Sender(broker.bootstrap, job.raw)
        sender.send(Made(None, b"not json"))
        sender.flush()
        wait_published(job)
        wait_archived(job)
        # this one begins when a partition is found to have nothing left to archive
        wait_for(lambda: "ntsp_archive_last_progress_timestamp_seconds{" in process.get("/metrics")[1], 30)
        text = process.get("/metrics")[1]
    finally:
        job.kill_all()
    return set(re.findall(r"^([a-z_]+)(?:\{| )", text, re.MULTILINE))


def test_every_metric_of_rules_and_dashboards_exists_in_the_program(exposed):
    used = set().union(*(metrics_in(text) for text in [r["expr"] for r in rules()] + queries("expr")))
    assert len(used) > 15
    assert used <= exposed, used - exposed


def test_every_rule_says_what_to_do_in_a_section_of_the_docs_and_every_section_has_its_rule():
    sections = re.findall(r"^## (Ntsp\w+)$", (ROOT / "docs/prometheus.md").read_text(), re.MULTILINE)
    assert sections == [rule["alert"] for rule in rules()]
    for rule in rules():
        assert rule["annotations"]["docs"] == f"docs/prometheus.md#{rule['alert'].lower()}"
        assert rule["annotations"]["summary"] and rule["labels"]["severity"] in ("warning", "critical") and rule["for"]


def test_the_configuration_loads_the_rules_and_its_job_is_the_one_they_name():
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    assert config["rule_files"] == [RULES.name]
    assert [job["job_name"] for job in config["scrape_configs"]] == ["ntsp"]
    assert set(re.findall(r'job="(\w+)"', RULES.read_text() + "".join(queries("expr")))) == {"ntsp"}


def test_the_links_of_the_documents_about_alerts_lead_somewhere():
    for name in ("alerts.md", "prometheus.md"):
        text = (ROOT / "docs" / name).read_text()
        for page, section in re.findall(r"\]\(([a-z]+\.md)?(?:#([a-z-]+))?\)", text):
            target = (ROOT / "docs" / (page or name)).read_text()
            assert not section or re.search(rf"^#+ {section}$", target, re.MULTILINE | re.IGNORECASE), (page, section)


def test_prometheus_itself_accepts_the_rules_and_they_fire_when_they_should():
    promtool = shutil.which("promtool") or shutil.which("promtool", path=ROOT / ".deps/promtool/usr/bin")
    if not promtool:
        pytest.skip("NOT CHECKED: promtool is missing (./dev fetches it out of Debian's package `prometheus`)")
    subprocess.run([promtool, "check", "config", RULES.with_name("prometheus.yml")], check=True, capture_output=True)
    subprocess.run([promtool, "test", "rules", ROOT / "tests/support/rules_test.yml"], check=True)


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_one_that_grafana_can_load(path):
    board = json.loads(path.read_text())
    assert board["uid"] and board["title"] and board["schemaVersion"] >= 36
    ids = [panel["id"] for panel in board["panels"]]
    assert len(set(ids)) == len(ids)
    assert {panel["type"] for panel in board["panels"]} <= PANEL_KINDS
    variables = {variable["name"] for variable in board["templating"]["list"]}
    cells = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        own = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not own & cells, f"{panel['title']} lies on another panel"
        cells |= own
    for panel in panels(path):
        assert panel["title"] and panel["targets"] and panel["datasource"]["uid"].strip("${}") in variables
    assert set(re.findall(r"\$\{?(instance|prometheus|clickhouse)\b", path.read_text())) <= variables


def test_the_network_view_asks_only_for_tables_and_columns_that_ntsp_makes():
    schema = subprocess.run([BINARY, "schema", "clickhouse", "--brokers", "kafka:9092"], check=True, capture_output=True,
                            text=True).stdout
    sql = queries("rawSql")
    assert len(sql) >= 8
    for table in set(re.findall(r"\btelemetry\.(\w+)", " ".join(sql))):
        assert re.search(rf"(TABLE|VIEW) IF NOT EXISTS telemetry\.{table}\b", schema), table


def test_grafana_finds_what_it_is_to_load():
    provisioning = ROOT / "deploy/grafana/provisioning"
    sources = yaml.safe_load((provisioning / "datasources/ntsp.yml").read_text())["datasources"]
    wanted = {variable["query"] for path in DASHBOARDS for variable in json.loads(path.read_text())["templating"]["list"]
              if variable["type"] == "datasource"}
    assert {source["type"] for source in sources} == wanted
    assert yaml.safe_load((provisioning / "dashboards/ntsp.yml").read_text())["providers"][0]["type"] == "file"
