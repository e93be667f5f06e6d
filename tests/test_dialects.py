"""Every sample in tests/data gives the records, and the errors, that stand beside it: all columns, in order."""

import json
import pathlib
import subprocess

import pytest

from tests.support.service import BINARY

SAMPLES = sorted(pathlib.Path(__file__).with_name("data").glob("*/*.json"))
RECEIVED_AT = "2026-01-01T00:00:00Z"


def normalized(sample: pathlib.Path) -> list[dict]:
    """What comes out, in the form of the expectations: records without what only the place of a message decides."""
    ran = subprocess.run([BINARY, "normalize", "--received-at", RECEIVED_AT, str(sample)], capture_output=True, text=True,
                         timeout=30)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    for line in lines:
        del line["record"]["batch_id"]
        assert line["record"].pop("received_at") == "2026-01-01T00:00:00.000000Z"
    errors = [{"error": json.loads(line)["kind"]} for line in ran.stderr.splitlines()]
    assert ran.returncode == (1 if errors else 0), ran.stderr
    return lines + errors


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sample_gives_what_a_careful_reader_expects(sample):
    expected = [json.loads(line) for line in sample.with_suffix(".expected.ndjson").read_text().splitlines()]
    assert normalized(sample) == expected


def test_every_dialect_has_samples():
    assert {sample.parent.name for sample in SAMPLES} == {
        "eda", "gnmic-event", "gnmic-json", "gnmic-protojson", "telegraf", "cisco-pipeline", "cisco-mdt", "yang-push"}
