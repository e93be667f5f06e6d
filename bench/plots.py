"""Plots of measured figures as SVG, readable on light and on dark pages.   python -m bench.plots RESULTS DOCS"""

import pathlib
import sys

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

from bench import results, stats  # noqa: E402

GREY, COLOURS = "#8b949e", {"ntsp": "#2f81f7", "pass-through": "#db6d28", "streams": "#8957e5", "quix": "#bf4b8a"}
pyplot.rcParams.update({
    "svg.fonttype": "none", "svg.hashsalt": "ntsp", "font.size": 10, "text.color": GREY, "axes.labelcolor": GREY,
    "axes.edgecolor": GREY, "xtick.color": GREY, "ytick.color": GREY, "axes.spines.top": False, "axes.spines.right": False,
    "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none", "legend.frameon": False})
AXES = {"partitions": "partitions", "workers": "normalizing workers", "nodes": "nodes", "messages": "messages"}


def peers(found: dict, file: pathlib.Path) -> None:
    rows = [(row, s) for row in found["parts"].get("rows", []) if (s := stats.summary(row))]
    figure, axis = pyplot.subplots(figsize=(9, 0.5 * len(rows) + 0.8))
    labels = [f"{row['label']}, {row['delivery']}" for row, _ in rows]
    bars = axis.barh(labels, [s["cpu_us"] for _, s in rows], color=[colour(row["contender"]) for row, _ in rows])
    axis.bar_label(bars, [f"{s['cpu_us']:.1f}" for _, s in rows], padding=4, color=GREY)
    axis.invert_yaxis()
    axis.set_xlabel("CPU µs per raw message of 4.9 kB, all threads")
    save(figure, file)


def growth(found: dict, file: pathlib.Path) -> None:
    """Cost over each axis, and peak memory over the number of messages."""
    rows = [(row, s) for row in found["parts"].get("rows", []) if (s := stats.summary(row))]
    shown = [name for name in AXES if any(row["axis"] == name for row, _ in rows)]
    wide = len(shown) + ("messages" in shown)
    figure, axes = pyplot.subplots(1, wide, figsize=(3 * wide, 3.2), squeeze=False)
    for axis, name in zip(axes[0], shown):
        lines(axis, [(row, s["cpu_us"]) for row, s in rows if row["axis"] == name], AXES[name])
    axes[0][0].set_ylabel("CPU µs per message")
    axes[0][0].legend()
    if wide > len(shown):
        lines(axes[0][-1], [(row, s["rss_mb"]) for row, s in rows if row["axis"] == "messages"], AXES["messages"])
        axes[0][-1].set_ylabel("peak MB")
    save(figure, file)


def lines(axis, points: list[tuple[dict, float]], label: str) -> None:
    for contender in dict.fromkeys(row["contender"] for row, _ in points):
        own = [(row["x"], y) for row, y in points if row["contender"] == contender]
        axis.plot(*zip(*own), marker="o", color=colour(contender), label=contender)
    axis.set_xscale("log")
    at = sorted({row["x"] for row, _ in points})
    axis.set_xticks(at, [f"{x:,}" for x in at])
    axis.minorticks_off()
    axis.set_ylim(bottom=0)
    axis.set_xlabel(label)


def colour(contender: str) -> str:
    return next(value for name, value in COLOURS.items() if contender.startswith(name))


def save(figure, file: pathlib.Path) -> None:
    figure.tight_layout()
    figure.savefig(file, format="svg", metadata={"Date": None})
    pyplot.close(figure)
    file.write_text("\n".join(line.rstrip() for line in file.read_text().splitlines()) + "\n")


def main(folder: pathlib.Path, docs: pathlib.Path) -> None:
    for word, draw in (("peers", peers), ("growth", growth)):
        found = results.read(word, folder)
        if found and any(stats.summary(row) for row in found["parts"].get("rows", [])):
            draw(found, docs / f"performance-{word}.svg")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
