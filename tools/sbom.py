#!/usr/bin/env python3
"""What the program is made of, as CycloneDX 1.5 JSON on stdout: the pinned wheels and sources with their hashes, and the
Debian packages it runs with. The same lists give the same text. With --dpkg, versions of the Debian packages are those that
are installed here."""

import argparse
import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEPS = ROOT / "tools" / "deps"
LICENCES = {"pyarrow": "Apache-2.0", "confluent-kafka": "Apache-2.0", "pysimdjson": "MIT", "librdkafka": "BSD-2-Clause",
            "simdjson": "Apache-2.0"}
# What is taken out of a Python package, and not the package's own: its version stands in the list, in words.
CONTAINS = {"confluent-kafka": "librdkafka", "pysimdjson": "simdjson"}


def pinned(text: str) -> list[tuple[str, str, list[str]]]:
    """(name, version, sha256 sums) of each requirement; one sum a platform."""
    joined = text.replace("\\\n", " ")
    found = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)(.*)$", joined, re.M)
    return [(name, version, re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)) for name, version, rest in found]


def library(name: str, version: str) -> dict:
    return {"type": "library", "name": name, "version": version, "licenses": [{"license": {"id": LICENCES[name]}}]}


def python_components() -> list[dict]:
    components = []
    for text in ((DEPS / "build.txt").read_text(), (DEPS / "simdjson.txt").read_text()):
        for name, version, sums in pinned(text):
            purl = f"pkg:pypi/{name}@{version}"
            component = library(name, version) | {"purl": purl, "bom-ref": purl}
            component["properties"] = [{"name": "ntsp:pinned-sha256", "value": each} for each in sums]
            if inner := CONTAINS.get(name):
                component["components"] = [library(inner, re.search(rf"^# {inner} (\d[\d.]*\d)", text, re.M)[1])]
            components.append(component)
    return components


def debian_packages() -> list[str]:
    lines = (DEPS / "packages-run.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def installed(package: str) -> str:
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True, text=True).stdout


def debian_components(ask_dpkg: bool) -> list[dict]:
    components = []
    for name in debian_packages():
        version = {"version": installed(name)} if ask_dpkg else {}
        purl = f"pkg:deb/debian/{name}" + (f"@{version['version']}" if version else "") + "?distro=bookworm"
        components.append({"type": "library", "name": name, "purl": purl, "bom-ref": purl} | version)
    return components


def own_version() -> str:
    return re.search(r"project\(ntsp VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpkg", action="store_true", help="with the versions of the Debian packages installed here")
    ask_dpkg = parser.parse_args().dpkg
    own = {"type": "application", "name": "ntsp", "version": own_version(), "bom-ref": "ntsp",
           "licenses": [{"license": {"id": "Apache-2.0"}}]}
    components = python_components() + debian_components(ask_dpkg)
    print(json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": "ntsp", "dependsOn": [c["bom-ref"] for c in components]}]}, indent=2))


if __name__ == "__main__":
    main()
