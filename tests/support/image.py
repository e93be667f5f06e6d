"""The image without a Docker engine: buildah with chroot isolation, and a base that stands in for debian:bookworm-slim.

With NTSP_TEST_IMAGE=1 (./dev image) the Dockerfile is built as it is, on a base by debootstrap: minutes. Else its second part
alone, with the program as it was built here, on a base of this machine's own files: seconds. All is below build/image or
build/image-quick, gigabytes of it, and deleted at the end.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHOLE = os.environ.get("NTSP_TEST_IMAGE") == "1"
FOLDER = ROOT / "build" / ("image" if WHOLE else "image-quick")
NAME = "network-telemetry-processor"
BASE = "debian:bookworm-slim"
BASE_MB = 29  # of the official image, compressed
TOOLS = ("buildah", "debootstrap", "crun") if WHOLE else ("buildah", "dpkg-query", "cmake", "useradd")


def why_not() -> str | None:
    missing = [tool for tool in TOOLS if not shutil.which(tool, path="/usr/sbin:/usr/bin:/sbin:/bin")]
    if missing:
        return f"THE IMAGE IS NOT BUILT: {', '.join(missing)} missing (tools/deps/packages-image.txt)"
    return None if os.geteuid() == 0 else "THE IMAGE IS NOT BUILT: chroot isolation needs root"


def buildah(*args: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command(*args), check=True, text=True, **({"capture_output": True} | options))


def command(*args: str) -> list[str]:
    return ["buildah", "--root", str(FOLDER / "store"), "--runroot", str(FOLDER / "run"), "--storage-driver", "vfs", *args]


# -- the whole Dockerfile --------------------------------------------------------------------------------------------------

def bootstrap(rootfs: pathlib.Path) -> None:
    """What Debian installs, with the certificates that this machine trusts, since there may be a proxy."""
    subprocess.run(["debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", rootfs], check=True,
                   stdout=subprocess.DEVNULL)
    trusted = rootfs / "usr/local/share/ca-certificates"
    for certificate in pathlib.Path("/usr/local/share/ca-certificates").glob("*.crt"):
        shutil.copy(certificate, trusted)
    subprocess.run(["chroot", rootfs, "update-ca-certificates"], check=True, capture_output=True)
    for cache in ("var/cache/apt/archives", "var/lib/apt/lists"):
        shutil.rmtree(rootfs / cache)
        (rootfs / cache / "partial").mkdir(parents=True)


# -- its second part, on what this machine has -----------------------------------------------------------------------------

PROGRAMS = "sh bash cat cp rm sed env id xargs groupadd useradd".split()


def gather(rootfs: pathlib.Path) -> None:
    """What that part calls, and of the packages that it installs the libraries, as they are on this machine. apt-get does
    nothing there, and needs no network."""
    for link in ("bin", "sbin", "lib", "lib64"):
        (rootfs / "usr" / link).mkdir(parents=True)
        (rootfs / link).symlink_to(f"usr/{link}")
    for name in PROGRAMS:
        take(rootfs, shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin"))
    for package in [*installed_packages(), "libc6", "libstdc++6", "libgcc-s1"]:
        listed = subprocess.run(["dpkg-query", "-L", package], check=True, capture_output=True, text=True).stdout.splitlines()
        for path in listed:
            if ".so" in pathlib.Path(path).name and os.path.isfile(path):
                take(rootfs, path)
    for folder in ("etc/ssl/certs", "tmp", "proc", "sys", "dev", "run", "var"):
        (rootfs / folder).mkdir(parents=True)
    (rootfs / "tmp").chmod(0o1777)
    take(rootfs, "/etc/ssl/certs/ca-certificates.crt")
    (rootfs / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    (rootfs / "etc/group").write_text("root:x:0:\n")
    (rootfs / "usr/bin/apt-get").write_text('#!/bin/sh\necho "asked for: $*"\n')
    (rootfs / "usr/bin/apt-get").chmod(0o755)


def installed_packages() -> list[str]:
    return [line for line in (ROOT / "tools/deps/packages-run.txt").read_text().splitlines() if not line.startswith("#")]


def take(rootfs: pathlib.Path, path: str) -> None:
    """A file, under its own name, and what it is linked with."""
    linked = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
    for each in {path, *re.findall(r"(/\S+) \(0x", linked)}:
        place = rootfs / os.path.realpath(os.path.dirname(each)).lstrip("/") / os.path.basename(each)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(os.path.realpath(each), place)


def second_part(context: pathlib.Path) -> None:
    """The Dockerfile from its second FROM on, and what it takes from the first part."""
    tree = context / "built"
    subprocess.run(["cmake", "--install", ROOT / "build/release", "--prefix", tree, "--strip"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(tree / "share/doc/ntsp/sbom.cdx.json", "w") as bill:
        subprocess.run([sys.executable, ROOT / "tools/sbom.py", "--dpkg"], check=True, stdout=bill)
    shutil.copytree(ROOT / "tools/deps", context / "tools/deps")
    whole = (ROOT / "Dockerfile").read_text()
    part = whole[whole.index("\nFROM ", whole.index("FROM ")):]
    assert part.count("COPY --from=build /opt/ntsp ") == 1, "this test has to learn what the Dockerfile does now"
    (context / "Dockerfile").write_text(part.replace("COPY --from=build /opt/ntsp ", "COPY built "))


# -- both ------------------------------------------------------------------------------------------------------------------

def make_base() -> None:
    rootfs, context = FOLDER / "rootfs", FOLDER / "base"
    context.mkdir(parents=True)
    bootstrap(rootfs) if WHOLE else gather(rootfs)
    subprocess.run(["tar", "-C", rootfs, "--one-file-system", "-cf", context / "rootfs.tar", "."], check=True)
    (context / "Dockerfile").write_text("FROM scratch\nADD rootfs.tar /\n")
    buildah("bud", "--isolation", "chroot", "--pull-never", "-t", BASE, str(context))


def build() -> None:
    delete()
    make_base()
    context, told = ROOT, []
    if not WHOLE:
        context = FOLDER / "context"
        context.mkdir()
        second_part(context)
    elif not (ROOT / ".git").is_dir():
        # Of a work tree beside the repository, .git is a file: what is in it is said as people may say it, too.
        told = ["--build-arg", f"NTSP_REVISION={revision()}"]
    # Docker's own format: OCI's has no place for a health check.
    with open(FOLDER / "build.log", "w") as log:
        buildah("bud", "--format", "docker", "--isolation", "chroot", "--pull-never", *told, "-t", NAME, str(context),
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
