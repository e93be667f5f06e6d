"""deploy/kubernetes without a cluster: against the published schemas, and against what ntsp and its image are."""

import pathlib
import re

import kubernetes_validate
import pytest
import yaml

from tests.test_compose import ntsp

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
OBJECTS = [each for name in KUSTOMIZATION["resources"] for each in yaml.safe_load_all((FOLDER / name).read_text())]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
STAGES = ["normalize", "archive"]


def the(kind: str, name: str) -> dict:
    [found] = [each for each in OBJECTS if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def workload(stage: str) -> dict:
    return the("StatefulSet" if stage == "normalize" else "Deployment", f"ntsp-{stage}")


def container(stage: str) -> dict:
    [only] = workload(stage)["spec"]["template"]["spec"]["containers"]
    return only


@pytest.mark.parametrize("version", ["1.28", "1.31", "1.34"])
def test_every_object_is_of_the_published_schema(version):
    for each in OBJECTS:
        kubernetes_validate.validate(each, version, strict=True)


def test_every_file_of_the_folder_is_applied():
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(KUSTOMIZATION["resources"]) == files


def test_the_image_is_that_of_this_version():
    [image] = KUSTOMIZATION["images"]
    version = re.search(r"project\(ntsp VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert image["newTag"] == version
    for stage in STAGES:
        assert container(stage)["image"] == image["name"]


@pytest.mark.parametrize("stage", STAGES)
def test_settings_are_known_to_ntsp_and_names_exist(stage):
    given = the("ConfigMap", "ntsp")["data"] | {each["name"]: each.get("value", "ntsp-0") for each in container(stage)["env"]}
    shown = ntsp("config", **given)
    assert shown.returncode == 0, shown.stderr
    for variable, value in given.items():
        assert f"{variable}={value}" in shown.stdout
    assert container(stage)["envFrom"][0]["configMapRef"]["name"] == "ntsp"
    the("ServiceAccount", workload(stage)["spec"]["template"]["spec"]["serviceAccountName"])


@pytest.mark.parametrize("stage", STAGES)
def test_the_words_are_those_of_the_program(stage):
    # Without a broker it would run for ever: a wrong port is refused first, a wrong word even before that.
    ended = ntsp(*container(stage)["args"], HTTP_LISTEN="nonsense", AWS_S3_BUCKET="telemetry")
    assert ended.returncode == 2 and "HTTP_LISTEN" in ended.stderr


@pytest.mark.parametrize("stage", STAGES)
def test_a_replica_keeps_its_name_and_is_told_it(stage):
    [name] = [each for each in container(stage)["env"] if each["name"] == "INSTANCE_ID"]
    assert name["valueFrom"]["fieldRef"]["fieldPath"] == "metadata.name"
    assert workload("normalize")["kind"] == "StatefulSet"


@pytest.mark.parametrize("stage", STAGES)
def test_it_runs_without_rights_as_the_image_s_user(stage):
    pod, inside = workload(stage)["spec"]["template"]["spec"], container(stage)["securityContext"]
    user = int(re.search(r"USER (\d+)", DOCKERFILE)[1])
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == user
    assert pod["automountServiceAccountToken"] is False
    assert inside["readOnlyRootFilesystem"] and inside["capabilities"]["drop"] == ["ALL"]
    assert inside["allowPrivilegeEscalation"] is False


@pytest.mark.parametrize("stage", STAGES)
def test_probes_ask_the_port_that_the_image_listens_on(stage):
    port = int(re.search(r"HTTP_LISTEN=\S+:(\d+)", DOCKERFILE)[1])
    [named] = container(stage)["ports"]
    assert named == {"name": "http", "containerPort": port}
    assert container(stage)["livenessProbe"]["httpGet"] == {"path": "/livez", "port": "http"}
    assert container(stage)["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
    annotations = workload(stage)["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(port)


@pytest.mark.parametrize("stage", STAGES)
def test_it_gets_more_memory_than_it_allows_itself_and_longer_to_end_than_it_takes(stage):
    limit = container(stage)["resources"]["limits"]["memory"]
    assert int(limit.removesuffix("Mi")) >= int(the("ConfigMap", "ntsp")["data"]["MEMORY_LIMIT_MB"]) * 1.2
    assert workload(stage)["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > 20


@pytest.mark.parametrize("stage", STAGES)
def test_selectors_find_the_pods_of_their_stage_alone(stage):
    labels = workload(stage)["spec"]["template"]["metadata"]["labels"]
    assert workload(stage)["spec"]["selector"]["matchLabels"] == labels
    assert the("PodDisruptionBudget", f"ntsp-{stage}")["spec"]["selector"]["matchLabels"] == labels
    assert the("Service", f"ntsp-{stage}")["spec"]["selector"] == labels
    assert labels != workload("archive" if stage == "normalize" else "normalize")["spec"]["selector"]["matchLabels"]


@pytest.mark.parametrize("stage", STAGES)
def test_replicas_of_a_stage_are_on_different_machines_if_they_can(stage):
    pod = workload(stage)["spec"]["template"]
    [spread] = pod["spec"]["topologySpreadConstraints"]
    assert spread["labelSelector"]["matchLabels"] == pod["metadata"]["labels"]
    assert (spread["topologyKey"], spread["whenUnsatisfiable"]) == ("kubernetes.io/hostname", "ScheduleAnyway")


@pytest.mark.parametrize("stage", STAGES)
def test_it_is_scaled_by_the_lag_that_it_reports(stage):
    scaler = the("HorizontalPodAutoscaler", f"ntsp-{stage}")["spec"]
    assert "replicas" not in workload(stage)["spec"], "applying the manifests again would undo what the autoscaler chose"
    assert scaler["scaleTargetRef"]["kind"] == workload(stage)["kind"]
    assert scaler["scaleTargetRef"]["name"] == workload(stage)["metadata"]["name"]
    [metric] = scaler["metrics"]
    name = metric["pods"]["metric"]["name"]
    sources = "".join(path.read_text() for path in (ROOT / "src").rglob("*.cc"))
    assert f'"{name}"' in sources
    assert name in (ROOT / "docs" / "containers.md").read_text()
