"""The image: what it is made from, and the image itself, packed and started; built as a whole with ./dev image."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import pytest

from tests.support import image
from tests.support.ports import free_port
from tests.support.service import BINARY, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUNTIME = [line for line in (ROOT / "tools/deps/packages-run.txt").read_text().splitlines() if not line.startswith("#")]
DOC = "opt/ntsp/share/doc/ntsp"

needs_image = pytest.mark.skipif(image.why_not() is not None, reason=image.why_not() or "")
whole = pytest.mark.skipif(not image.WHOLE, reason="takes minutes: ./dev image builds the whole image")


# -- what it is made from ------------------------------------------------------------------------------------------------

def test_every_library_of_the_program_comes_with_the_image():
    """From the wheels, from a package that the image installs, or with the packages that any Debian has."""
    linked = subprocess.run(["ldd", BINARY], check=True, capture_output=True, text=True).stdout
    direct = subprocess.run(["readelf", "-d", BINARY], check=True, capture_output=True, text=True).stdout
    for name in re.findall(r"\(NEEDED\).*\[(.+)\]", direct):
        path = pathlib.Path(re.search(rf"{re.escape(name)} => (\S+)", linked)[1])
        if path.is_relative_to(ROOT / ".deps") or (path.parent.name == "ntsp"):
            continue
        owner = subprocess.run(["dpkg-query", "-S", f"*/{path.resolve().name}"], check=True, capture_output=True, text=True)
        packages = {line.split(":")[0] for line in owner.stdout.splitlines()}
        assert packages & ({*RUNTIME, "libc6", "libstdc++6", "libgcc-s1"}), (name, packages)


def bill_of_materials() -> dict:
    return json.loads(subprocess.run([sys.executable, ROOT / "tools/sbom.py"], check=True, capture_output=True).stdout)


def test_the_bill_of_materials_names_what_is_pinned_and_what_is_inside():
    components = {component["name"]: component for component in bill_of_materials()["components"]}
    assert set(RUNTIME) < set(components)
    for wheel in ("pyarrow", "confluent-kafka", "pysimdjson"):
        assert re.fullmatch(r"[0-9a-f]{64}", components[wheel]["properties"][0]["value"])
        assert f"{wheel}=={components[wheel]['version']} " in "".join(
            (ROOT / "tools/deps" / name).read_text() for name in ("build.txt", "simdjson.txt"))
    assert [inner["name"] for inner in components["confluent-kafka"]["components"]] == ["librdkafka"]


def test_secrets_and_builds_of_this_machine_are_kept_out():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git/*", ".deps", "build"} <= set(ignored)
    # The name of the commit, and nothing that was ever committed.
    assert {line for line in ignored if line.startswith("!")} == {"!.git/HEAD", "!.git/refs", "!.git/packed-refs"}


# -- the image itself ------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def container():
    image.build()
    container = image.Container()
    yield container
    container.remove()
    image.delete()


@needs_image
def test_it_starts_ntsp_as_a_user_without_rights(container):
    config = image.config()
    assert config["Entrypoint"] == ["ntsp"] and config["Cmd"] == ["run"]
    assert config["User"] == "10001:10001"
    assert config["Healthcheck"]["Test"] == ["CMD", "ntsp", "healthcheck"]
    assert "HTTP_LISTEN=0.0.0.0:8080" in config["Env"]
    assert container.run("id", "-u").stdout.strip() == "10001"


@needs_image
def test_its_program_runs_and_normalizes(container):
    version = container.run("ntsp", "--version")
    assert version.returncode == 0 and "librdkafka 2.16.0" in version.stdout, version.stderr
    assert not image.WHOLE or image.revision() in version.stdout
    made = container.run("sh", "-c", "ntsp simulate --stdout --count 5 --rate 0 | ntsp normalize")
    assert made.returncode == 0 and len(made.stdout.splitlines()) > 20, made.stderr


@needs_image
def test_the_service_in_it_is_ready_healthy_and_ends_when_asked(container, broker, cloud, bucket, tmp_path):
    broker.create_topics(1, "image-data")
    port = free_port()
    settings = bucket | {"KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap, "KAFKA_RAW_TOPIC": "image-data", "INSTANCE_ID": f"image-{port}",
                         "HTTP_LISTEN": f"127.0.0.1:{port}", "AWS_EC2_METADATA_DISABLED": "true"}
    before = files(container)
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(container.command("ntsp", "run", **settings), stdout=log, stderr=log)
        try:
            healthy = lambda: container.run("ntsp", "healthcheck", **settings).returncode == 0  # noqa: E731
            wait_for(healthy, 60, (tmp_path / "log").read_text)
            os.kill(pid_of(f"image-{port}"), signal.SIGTERM)
            assert process.wait(30) == 0, (tmp_path / "log").read_text()
        finally:
            process.kill()
    assert files(container) == before, "it wrote into its file system, which may be read-only"
    assert container.run("ntsp", "healthcheck", **settings).returncode == 1


def pid_of(instance: str) -> int:
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            if f"INSTANCE_ID={instance}".encode() in environment and (process / "comm").read_text() == "ntsp\n":
                return int(process.name)
        except OSError:
            continue  # it has just ended
    raise AssertionError(f"no ntsp of {instance}")


def files(container: image.Container) -> set[pathlib.Path]:
    owned = {"etc/hosts", "etc/resolv.conf", "etc/hostname"}  # buildah's own
    return {path for path in container.root.rglob("*") if str(path.relative_to(container.root)) not in owned
            and not str(path.relative_to(container.root)).startswith(("proc", "sys", "dev", "run"))}


@needs_image
@whole
def test_it_is_small(container):
    size = image.BASE_MB + image.own_layers_mb()
    print(f"{size:.1f} MB compressed, {image.BASE_MB} of them the base's")
    assert size < 120


@needs_image
def test_it_holds_no_debug_information(container):
    for binary in [container.root / "opt/ntsp/bin/ntsp", *(container.root / "opt/ntsp/lib/ntsp").iterdir()]:
        sections = subprocess.run(["readelf", "-SW", binary], check=True, capture_output=True, text=True).stdout
        assert ".debug_" not in sections and ".symtab" not in sections, binary


@needs_image
def test_its_bill_of_materials_and_licences_are_in_it(container):
    components = json.loads((container.root / DOC / "sbom.cdx.json").read_text())["components"]
    assert all(component["version"] for component in components)
    assert {component["name"] for component in components} > set(RUNTIME)
    for document in ("LICENSE", "licences.md", "licences/librdkafka-dev/copyright"):
        assert (container.root / DOC / document).is_file(), document
    assert list((container.root / DOC / "licences").glob("pyarrow-*/LICENSE.txt"))


@needs_image
def test_its_tree_can_be_moved(container):
    moved = container.run("sh", "-c", "cp -r /opt/ntsp /tmp/elsewhere && /tmp/elsewhere/bin/ntsp --version; rm -rf /tmp/elsewhere")
    assert moved.stdout.startswith("ntsp "), moved.stderr
