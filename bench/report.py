"""Renders docs/performance.md and docs/scaling.md anew from bench/results: what stands between the marks, and the plots."""

import pathlib
import re
import subprocess

from bench import DOCS, PEERS, RESULTS, ROOT, results, scaling, tables

TABLES = {"peers": tables.peers, "data": tables.data, "latency": tables.latency, "start": tables.start, "growth": tables.growth,
          "steps": tables.steps}
# name of the marks → what stands between them; `read(word)` gives what was measured
BLOCKS = {word: lambda read, word=word: TABLES[word](read(word)) for word in TABLES} | {
    "machine": lambda read: tables.machine(read("peers")),
    "costs": lambda read: scaling.costs(scaling.measured(read)),
    "devices": lambda read: scaling.devices(scaling.measured(read)),
}
PAGES = ("performance.md", "scaling.md")


def render(folder: pathlib.Path = RESULTS, docs: pathlib.Path = DOCS) -> None:
    for page in PAGES:
        file = docs / page
        file.write_text(filled(file.read_text(), lambda word: results.read(word, folder)))
    plot(folder, docs)


def filled(text: str, read) -> str:
    """`read(word)`: what was measured under that word, or None. KeyError: a mark of a block that there is not."""
    def block(match: re.Match) -> str:
        name = match[1]
        return f"<!-- begin {name} -->\n{BLOCKS[name](read)}\n<!-- end {name} -->"

    return re.sub(r"<!-- begin (\w+) -->\n.*?<!-- end \1 -->", block, text, flags=re.DOTALL)


def plot(folder: pathlib.Path, docs: pathlib.Path) -> None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        print("the plots stay as they were: matplotlib is among the peers' packages, and they are not there (./dev bench)")
        return
    subprocess.run([python, "-m", "bench.plots", folder, docs], cwd=ROOT, check=True)
