"""A short storm: kills, zombies, brokers that go and come, cuts, a bad S3; and nothing is lost, nothing is there twice."""

import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def storm(*args: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "tests.chaos", *args], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


def of(folder: str) -> list[str]:
    """Command lines of the processes that work in that folder."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if folder in text:
            found.append(text)
    return found


def test_a_short_storm_loses_and_repeats_nothing():
    process = storm("--seed", "3926", "--minutes", "0.35")
    try:
        said, _ = process.communicate(timeout=400)
    finally:
        process.kill()
    assert process.returncode == 0, said[-5000:]
    numbers = {name: int(value) for name, value in re.findall(r"^  (\w[\w ]*\w) +(\d+)$", said, re.M)}
    assert numbers["lost"] == numbers["twice"] == 0
    assert numbers["kills"] >= 3 and numbers["messages"] > 1000 and numbers["rows in the objects"] > 1000, said[-5000:]


def test_a_storm_that_is_killed_leaves_no_process_behind(tmp_path):
    process = storm("--seed", "1", "--tidy", "--folder", str(tmp_path / "storm"))
    try:
        deadline = time.time() + 60
        while not any("kafka.Kafka" in line for line in of(str(tmp_path))):
            assert time.time() < deadline and process.poll() is None, process.communicate()[0]
            time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    deadline = time.time() + 20
    while left := of(str(tmp_path)):
        assert time.time() < deadline, left
        time.sleep(0.2)
