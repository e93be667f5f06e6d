"""What each word of `./dev bench` measures."""

import time

from bench import contenders, data, machine, measure
from bench.lab import Lab
from bench.results import Results

COUNT = 200_000


def run(options) -> int:
    if options.quick:
        options.runs, options.count = 1, options.count or 5_000
    options.until = time.monotonic() + (options.minutes * 60 if options.word == "all" else 1e9)
    WORDS[options.word](options)
    return 0


def results(word: str, options) -> Results:
    asked = {name: getattr(options, name) for name in ("count", "runs", "partitions", "quick")}
    return Results(word, machine.facts(), asked)


def able(names: str) -> list:
    """Those that have what they need; what the others lack is said."""
    chosen = contenders.named(names)
    for contender in chosen:
        if contender.missing():
            print(f"{contender.name}: left out. {contender.missing()}", flush=True)
    return [contender for contender in chosen if not contender.missing()]


def peers(options) -> None:
    file = results("peers", options)
    with Lab() as lab:
        measure.compare(lab, able(options.contenders or ",".join(contenders.ALL)), data.SETS[options.data or "middle"],
                        options.count or COUNT, options.partitions, options.runs, options.limit,
                        lambda rows: file.put("rows", rows), options.until)


WORDS = {"peers": peers}
