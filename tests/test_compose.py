"""deploy/compose.yaml without an engine: what it says of ntsp, of its own services and of its files must be so."""

import os
import pathlib
import re
import subprocess

import pytest
import yaml

from tests.support.clickhouse import schema
from tests.support.service import BINARY

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "network-telemetry-processor"}
ONCE = {"topics", "bucket"}  # they do their work and end
# Of the compose specification, what is used here; a misspelt word is none of them.
WORDS = {"image", "build", "command", "entrypoint", "environment", "ports", "volumes", "healthcheck", "depends_on", "restart",
         "read_only", "cap_drop", "security_opt", "mem_limit", "stop_grace_period", "ulimits"}
CONDITIONS = {"service_healthy", "service_completed_successfully"}


def ntsp(*args: str, **env: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAFKA_", "AWS_", "OTEL_"))}
    return subprocess.run([BINARY, *args], capture_output=True, text=True, env=clean | env, timeout=60)


def address(service: dict) -> str:
    """How its services call the broker."""
    return service["environment"]["KAFKA_BOOTSTRAP_SERVERS"]


def test_it_uses_words_of_the_specification_only():
    assert set(COMPOSE) <= {"name", "services", "volumes"} | {key for key in COMPOSE if key.startswith("x-")}
    for name, service in SERVICES.items():
        assert set(service) <= WORDS, name


def test_everything_that_was_asked_for_is_there():
    assert {"kafka", "ntsp", "simulator", "clickhouse", "minio", "prometheus", "grafana", "kafka-ui"} <= set(SERVICES)


def test_versions_are_pinned_and_images_have_their_short_official_names():
    for name, service in SERVICES.items():
        if name in OURS:
            continue
        repository, _, tag = service["image"].partition(":")
        assert tag and tag != "latest", name
        assert repository.count("/") == 1 and "." not in repository.split("/")[0], name


def test_the_broker_is_of_the_version_that_the_tests_run_on():
    pom = (ROOT / "tests" / "kafka" / "pom.xml").read_text()
    tested = re.search(r"<artifactId>kafka_2\.13</artifactId>\s*<version>([\d.]+)</version>", pom)[1]
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{tested}"


def test_every_service_that_stays_is_checked_and_waited_for_by_its_health():
    for name, service in SERVICES.items():
        # ntsp's check is in its image.
        assert "healthcheck" in service or name in ONCE or name == "ntsp", name
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES and how["condition"] in CONDITIONS, (name, other)
            assert how["condition"] == ("service_completed_successfully" if other in ONCE else "service_healthy")


def test_what_stays_is_there_again_after_a_restart_of_the_machine_and_what_is_done_is_not():
    for name, service in SERVICES.items():
        assert service.get("restart") == (None if name in ONCE else "unless-stopped"), name


def test_nothing_listens_beyond_this_machine():
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), name


def test_no_two_services_take_the_same_port():
    taken = [port.split(":")[1] for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(taken) == len(set(taken))


def test_every_file_and_volume_that_is_mounted_exists():
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"], (name, source)
    assert (DEPLOY / SERVICES["ntsp"]["build"] / "Dockerfile").is_file()


@pytest.mark.parametrize("name", OURS)
def test_the_settings_of_ntsp_are_known_and_right(name):
    environment = OURS[name]["environment"]
    ended = ntsp("config", **environment)
    assert ended.returncode == 0, ended.stderr
    for variable, value in environment.items():
        secret = "KEY" in variable
        assert f"{variable}={value}" in ended.stdout or secret and f"{variable}=" in ended.stdout, variable


def test_the_simulator_s_words_are_those_of_the_program():
    command, *words = SERVICES["simulator"]["command"]
    ended = ntsp(command, *words, "--count", "3", "--stdout")
    assert ended.returncode == 0 and len(ended.stdout.splitlines()) == 3, ended.stderr


def test_the_port_of_ntsp_is_the_one_that_the_image_listens_on():
    listens = re.search(r"HTTP_LISTEN=\S+:(\d+)", (ROOT / "Dockerfile").read_text())[1]
    assert SERVICES["ntsp"]["ports"] == [f"127.0.0.1:8080:{listens}"]
    prometheus = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    targets = [t for job in prometheus["scrape_configs"] for each in job["static_configs"] for t in each["targets"]]
    assert f"ntsp:{listens}" in targets


def test_the_raw_topic_is_made_and_the_broker_listens_where_all_look_for_it():
    made = SERVICES["topics"]["command"]
    assert f"KAFKA_RAW_TOPIC={made[made.index('--topic') + 1]}" in ntsp("config").stdout
    listeners = SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    brokers = {address(service) for service in OURS.values()} | {
        SERVICES["kafka-ui"]["environment"]["KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS"], SERVICES["topics"]["entrypoint"][-1]}
    for broker in brokers:
        assert f"PLAINTEXT://{broker}" in listeners


def test_clickhouse_runs_the_statements_of_this_version():
    wanted = schema("clickhouse", "--brokers", address(SERVICES["ntsp"]), "--ttl-days", "30")
    assert (DEPLOY / "clickhouse" / "telemetry.sql").read_text() == wanted, (
        "not up to date: run the unit tests with NTSP_UPDATE_DOCS=1")
    exists = SERVICES["clickhouse"]["healthcheck"]["test"][-1].split()[-1]
    assert f"VIEW IF NOT EXISTS {exists} " in wanted


def test_the_bucket_is_made_with_the_keys_that_ntsp_has():
    ours, root = SERVICES["ntsp"]["environment"], SERVICES["minio"]["environment"]
    assert SERVICES["bucket"]["command"][-1] == f"store/{ours['AWS_S3_BUCKET']}"
    assert (ours["AWS_ACCESS_KEY_ID"], ours["AWS_SECRET_ACCESS_KEY"]) == (root["MINIO_ROOT_USER"], root["MINIO_ROOT_PASSWORD"])
    keys = f"{root['MINIO_ROOT_USER']}:{root['MINIO_ROOT_PASSWORD']}@"
    assert SERVICES["bucket"]["environment"]["MC_HOST_store"] == ours["AWS_ENDPOINT_URL_S3"].replace("://", f"://{keys}")


def test_grafana_finds_its_sources_among_the_services():
    provisioning = DEPLOY / "grafana" / "provisioning"
    sources = yaml.safe_load((provisioning / "datasources" / "ntsp.yml").read_text())["datasources"]
    for source in sources:
        host = source.get("jsonData", {}).get("host") or re.match(r"http://([^:/]+)", source["url"])[1]
        assert host in SERVICES
        plugin = source["type"]
        assert plugin == "prometheus" or plugin in SERVICES["grafana"]["environment"]["GF_PLUGINS_PREINSTALL"]
    providers = yaml.safe_load((provisioning / "dashboards" / "ntsp.yml").read_text())["providers"]
    mounted = {volume.split(":")[1] for volume in SERVICES["grafana"]["volumes"]}
    assert {provider["options"]["path"] for provider in providers} <= mounted
