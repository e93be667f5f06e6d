"""The count of instructions that guards the hot path (bench/instructions.py)."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import instructions  # noqa: E402


def run(monkeypatch, tmp_path, capsys, found: int, build: str, *arguments: str) -> tuple[int, str]:
    figures = tmp_path / "instructions.json"
    figures.write_text(json.dumps({"build": "this one", "instructions": {"eda": 1000}}))
    monkeypatch.setattr(instructions, "FIGURES", figures)
    monkeypatch.setattr(instructions, "build", lambda: build)
    monkeypatch.setattr(instructions, "per_message", lambda dialect: found)
    monkeypatch.setattr(sys, "argv", ["instructions.py", *arguments])
    return instructions.main(), capsys.readouterr().out


def test_more_than_five_percent_above_the_figure_fails_and_says_by_how_much(monkeypatch, tmp_path, capsys):
    code, text = run(monkeypatch, tmp_path, capsys, 1051, "this one")
    assert code == 1
    assert "+5.1% against 1000" in text


def test_up_to_five_percent_above_the_figure_passes(monkeypatch, tmp_path, capsys):
    assert run(monkeypatch, tmp_path, capsys, 1050, "this one")[0] == 0


def test_figures_of_another_compiler_or_cpu_are_not_compared_and_that_is_said(monkeypatch, tmp_path, capsys):
    code, text = run(monkeypatch, tmp_path, capsys, 2000, "another one")
    assert code == 0
    assert "NOT COMPARED" in text


def test_an_update_enters_what_was_counted_and_on_which_build(monkeypatch, tmp_path, capsys):
    assert run(monkeypatch, tmp_path, capsys, 1200, "another one", "--update")[0] == 0
    assert json.loads((tmp_path / "instructions.json").read_text()) == {"build": "another one",
                                                                        "instructions": {"eda": 1200}}
