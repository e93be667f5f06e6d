"""The image without a Docker engine: buildah with chroot isolation, and a base that stands in for debian:bookworm-slim.

The Dockerfile is built as it is. The base is made by debootstrap, with the certificates that this machine trusts, since a
registry may not be reachable. All is below build/image, gigabytes of it, and deleted at the end.
"""

import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "image"
NAME = "network-telemetry-processor"
BASE = "debian:bookworm-slim"
BASE_MB = 29  # of the official image, compressed
TOOLS = ("buildah", "debootstrap", "crun")


def why_not() -> str | None:
    if os.environ.get("NTSP_TEST_IMAGE") != "1":
        return "NOT BUILT: the image takes minutes; ./dev image builds and starts it"
    missing = [tool for tool in TOOLS if not shutil.which(tool, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    if missing:
        return f"NOT BUILT: {', '.join(missing)} missing (tools/deps/packages-image.txt)"
    return None if os.geteuid() == 0 else "NOT BUILT: chroot isolation needs root"


def buildah(*args: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command(*args), check=True, text=True, **({"capture_output": True} | options))


def command(*args: str) -> list[str]:
    return ["buildah", "--root", str(FOLDER / "store"), "--runroot", str(FOLDER / "run"), "--storage-driver", "vfs", *args]


def make_base() -> None:
    rootfs = FOLDER / "rootfs"
    subprocess.run(["debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", rootfs], check=True,
                   stdout=subprocess.DEVNULL)
    trusted = rootfs / "usr/local/share/ca-certificates"
    for certificate in pathlib.Path("/usr/local/share/ca-certificates").glob("*.crt"):
        shutil.copy(certificate, trusted)
    subprocess.run(["chroot", rootfs, "update-ca-certificates"], check=True, capture_output=True)
    for cache in ("var/cache/apt/archives", "var/lib/apt/lists"):
        shutil.rmtree(rootfs / cache)
        (rootfs / cache / "partial").mkdir(parents=True)
    context = FOLDER / "context"
    context.mkdir()
    subprocess.run(["tar", "-C", rootfs, "--one-file-system", "-cf", context / "rootfs.tar", "."], check=True)
    (context / "Dockerfile").write_text("FROM scratch\nADD rootfs.tar /\n")
    buildah("bud", "--isolation", "chroot", "--pull-never", "-t", BASE, str(context))


def build() -> None:
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(parents=True)
    make_base()
    # Of a work tree beside the repository, .git is a file: what is in it is said as people may say it, too.
    told = [] if (ROOT / ".git").is_dir() else ["--build-arg", f"NTSP_REVISION={revision()}"]
    # Docker's own format: OCI's has no place for a health check.
    with open(FOLDER / "build.log", "w") as log:
        buildah("bud", "--format", "docker", "--isolation", "chroot", "--pull-never", *told, "-t", NAME, str(ROOT),
                capture_output=False, stdout=log, stderr=subprocess.STDOUT)


def revision() -> str:
    """Of the source, as `ntsp --version` shows it."""
    return subprocess.run(["git", "-C", ROOT, "rev-parse", "--short=12", "HEAD"], check=True, capture_output=True,
                          text=True).stdout.strip()


class Container:
    def __init__(self, image: str = NAME):
        self.name = buildah("from", "--pull-never", image).stdout.strip()
        self.root = pathlib.Path(buildah("mount", self.name).stdout.strip())

    def command(self, *args: str, **env: str) -> list[str]:
        settings = [word for name, value in env.items() for word in ("--env", f"{name}={value}")]
        return command("run", "--isolation", "chroot", *settings, self.name, "--", *args)

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(*args, **env), capture_output=True, text=True, timeout=120)

    def remove(self) -> None:
        buildah("rm", self.name)


def config(image: str = NAME) -> dict:
    return json.loads(buildah("inspect", "--type", "image", image).stdout)["Docker"]["config"]


def own_layers_mb() -> float:
    """Compressed, without the base's."""
    pushed = FOLDER / "pushed"
    buildah("push", "--format", "oci", NAME, f"dir:{pushed}")
    manifest = json.loads((pushed / "manifest.json").read_text())
    sizes = [layer["size"] for layer in manifest["layers"]]
    shutil.rmtree(pushed)
    return sum(sizes[1:]) / 1e6


def delete() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
