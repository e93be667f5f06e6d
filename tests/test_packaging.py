"""The Debian package, the manual page and the completion of the shell."""

import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUNTIME = [line for line in (ROOT / "tools/deps/packages-run.txt").read_text().splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("deb")
    made = subprocess.run(["cpack", "--config", ROOT / "build/release/CPackConfig.cmake", "-B", folder], capture_output=True,
                          text=True, cwd=folder, timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    [deb] = folder.glob("*.deb")
    return deb


@pytest.fixture(scope="module")
def tree(package, tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return folder


def field(package: pathlib.Path, name: str) -> str:
    return subprocess.run(["dpkg-deb", "--field", package, name], check=True, capture_output=True, text=True).stdout.strip()


def test_the_package_says_what_it_is_and_what_it_needs(package):
    version = re.search(r"project\(ntsp VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert field(package, "Package") == "ntsp" and field(package, "Version") == version
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
    assert field(package, "Architecture") == architecture
    assert set(RUNTIME) <= set(field(package, "Depends").split(", "))


def test_the_program_runs_from_where_the_package_puts_it_with_the_libraries_beside_it(tree):
    program = tree / "usr/bin/ntsp"
    assert subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.startswith("ntsp ")
    linked = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    for library in ("libarrow.so", "libparquet.so", "librdkafka"):
        [path] = re.findall(rf"{library}\S* => (\S+)", linked)
        assert pathlib.Path(path).resolve().is_relative_to(tree)


def test_settings_are_a_file_of_the_administrator_that_an_upgrade_keeps(package, tree):
    control = subprocess.run(["dpkg-deb", "--info", package, "conffiles"], check=True, capture_output=True, text=True).stdout
    assert control.split() == ["/etc/ntsp/ntsp.env"]
    settings = tree / "etc/ntsp/ntsp.env"
    assert settings.read_text() == (ROOT / ".env.example").read_text()
    assert settings.stat().st_mode & 0o077 == 0  # passwords will be in it


def test_the_service_runs_the_program_with_those_settings_and_may_take_its_time_to_end(tree):
    unit = (tree / "usr/lib/systemd/system/ntsp.service").read_text()
    assert (tree / re.search(r"ExecStart=/(\S+) run", unit)[1]).is_file()
    assert (tree / re.search(r"EnvironmentFile=/(\S+)", unit)[1]).is_file()
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > 20
    assert "DynamicUser=yes" in unit and "RestartPreventExitStatus=2" in unit


@pytest.mark.parametrize("script,arguments,expected", [
    ("postinst", ["configure", ""], ["daemon-reload"]),
    ("postinst", ["configure", "0.0.1"], ["daemon-reload", "try-restart ntsp.service"]),
    ("prerm", ["upgrade", "0.2.0"], []),
    ("prerm", ["remove"], ["disable --now ntsp.service"]),
    ("postrm", ["purge"], ["daemon-reload"]),
])
def test_an_upgrade_restarts_the_service_and_a_removal_ends_it(package, tmp_path, script, arguments, expected):
    subprocess.run(["dpkg-deb", "--control", package, tmp_path / "control"], check=True)
    assert (tmp_path / "control" / script).stat().st_mode & 0o111, "dpkg could not run it"
    (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\n')
    (tmp_path / "systemctl").chmod(0o755)
    text = (tmp_path / "control" / script).read_text()
    for machine, said in ((tmp_path, expected), (tmp_path / "without-systemd", [])):
        (tmp_path / "asked").write_text("")
        subprocess.run(["sh", "-c", text.replace("/run/systemd/system", str(machine)), script, *arguments], check=True,
                       env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
        assert (tmp_path / "asked").read_text().splitlines() == said


def test_the_service_is_started_again_without_end_and_has_a_place_to_write(tree):
    unit = (tree / "usr/lib/systemd/system/ntsp.service").read_text()
    assert "Restart=always" in unit and "StartLimitIntervalSec=0" in unit
    assert "StateDirectory=ntsp" in unit and "LogsDirectory=ntsp" in unit


def test_licences_manual_and_completion_are_where_debian_looks_for_them(tree):
    assert (tree / "usr/share/doc/ntsp/LICENSE").is_file()
    assert any((tree / "usr/share/doc/ntsp/licences").rglob("*"))
    assert (tree / "usr/share/man/man1/ntsp.1").is_file()
    assert (tree / "usr/share/bash-completion/completions/ntsp").is_file()


@pytest.mark.skipif(not shutil.which("groff"), reason="NOT CHECKED: groff is missing")
def test_the_manual_page_is_one_without_a_warning():
    shown = subprocess.run(["groff", "-Kutf8", "-man", "-ww", "-Tutf8", "-z", ROOT / "packaging/ntsp.1"], capture_output=True, text=True)
    assert (shown.returncode, shown.stderr) == (0, "")


@pytest.mark.parametrize("words,expected", [
    (["ntsp", "re"], {"redrive"}),
    (["ntsp", "run", "--st"], {"--stage"}),
    (["ntsp", "run", "--stage", ""], {"normalize", "archive"}),
    (["ntsp", "schema", "p"], {"parquet"}),
    (["ntsp", "redrive", "--dry"], {"--dry-run"}),
])
def test_bash_completes_commands_options_and_values(words, expected):
    script = (f"source {ROOT / 'packaging/ntsp.bash'}; COMP_WORDS=({' '.join(repr(w) for w in words)}); "
              f"COMP_CWORD={len(words) - 1}; _ntsp; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    shown = subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True)
    assert set(shown.stdout.split()) == expected and shown.stderr == ""
