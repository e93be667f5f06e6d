"""What each word of `./dev bench` measures."""

import contextlib
import os
import time
import traceback

from bench import BUILD, RESULTS, contenders, data, growth, latency, machine, report, starting, stats, steps
from bench.compare import compare
from bench.lab import Lab
from bench.results import Results

COUNT = 150_000
PAIR = "pass-through,ntsp"


def run(options) -> int:
    if options.word == "report":
        report.render()
        return 0
    if options.quick:
        options.runs, options.count = 1, options.count or 5_000
    options.count = options.count or COUNT
    if os.getloadavg()[0] > os.cpu_count() / 4:
        print(f"mind that the machine is busy with something else: its load is {os.getloadavg()[0]:.1f}", flush=True)
    began, spent, failed = time.monotonic(), 0.0, 0
    with Lab() as lab:
        for word in ALL if options.word == "all" else [options.word]:
            spent += ALL.get(word, 0.0)
            options.until = began + options.minutes * 60 * spent if options.word == "all" else float("inf")
            file = results(word, options)
            try:
                WORDS[word](lab, options, file)
            except Exception:  # noqa: BLE001  the other words go on
                traceback.print_exc()
                failed = 1
            print("\n" + report.TABLES[word](file.all()) + "\n", flush=True)
            if not options.quick:
                report.render()
    return failed


def results(word: str, options) -> Results:
    """Where the figures go; those of a quick run tell nothing and are not kept with the others."""
    asked = {name: getattr(options, name) for name in ("count", "runs", "partitions", "quick")}
    name = f"{word}-{options.data}" if options.data not in (None, "middle") else word  # the pages show the middle ones
    return Results(name, machine.facts(), asked, BUILD / "bench" if options.quick else RESULTS)


def able(names: str) -> list:
    """Those that have what they need; what the others lack is said."""
    chosen = contenders.named(names)
    for contender in chosen:
        if contender.missing():
            print(f"{contender.name}: left out. {contender.missing()}", flush=True)
    return [contender for contender in chosen if not contender.missing()]


@contextlib.contextmanager
def told(name: str):
    """What fails is told, and the rest goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  whatever it is
        print(f"{name:12} failed: {error or repr(error)}", flush=True)


def late(options) -> bool:
    return time.monotonic() > options.until


def peers(lab: Lab, options, file: Results) -> None:
    compare(lab, able(options.contenders or ",".join(contenders.ALL)), data.SETS[options.data or "middle"], options.count,
                    options.partitions, options.runs, options.limit, lambda rows: file.put("rows", rows), options.until)


def matrix(lab: Lab, options, file: Results) -> None:
    """Sizes, dialects, and 1 and 64 partitions; of large messages fewer."""
    sets = [(data.SMALL, options.count, 4), (data.LARGE, options.count // 10, 4), (data.MIDDLE, options.count // 2, 1),
            (data.MIDDLE, options.count // 2, 64)]
    sets += [(data.of_dialect(name), options.count // 4, 4) for name in data.DIALECTS]
    if options.data:
        sets = [(data.SETS[options.data], options.count, options.partitions)]
    for kind, count, partitions in sets:
        if late(options):
            return
        part = f"{kind.name}, {partitions} partitions"
        compare(lab, able(options.contenders or PAIR), kind, count, partitions, min(options.runs, 3), options.limit,
                        lambda rows, part=part: file.put(part, rows), options.until, checked=1)
        lab.forget(lab.topic(kind, count, partitions))


def latencies(lab: Lab, options, file: Results) -> None:
    rows = []
    for contender in able(options.contenders or "ntsp"):
        for commit_ms in (250, 100, 50):
            if late(options):
                return
            with told(contender.name):
                rows.append(latency.probe(lab, contender, commit_ms, 5000, 3 if options.quick else 15, options.partitions))
                last = rows[-1]
                print(f"{contender.name:12} commit each {commit_ms} ms: p50 {last['p50_ms']:.0f} ms, p99 {last['p99_ms']:.0f} ms", flush=True)
                file.put("rows", rows)


def starts(lab: Lab, options, file: Results) -> None:
    rows = {c.name: {"contender": c.name, "label": c.label, "delivery": c.delivery, "seconds": []}
            for c in able(options.contenders or "pass-through,ntsp,streams,quix")}
    for number in range(options.runs):
        for name in stats.rotated(list(rows), number):
            if late(options):
                return
            with told(name):
                rows[name]["seconds"].append(starting.probe(lab, contenders.ALL[name], options.partitions, options.limit))
                print(f"{name:12} {rows[name]['seconds'][-1]:.2f} s to the first record", flush=True)
                file.put("rows", list(rows.values()))


def grow(lab: Lab, options, file: Results) -> None:
    rows = []
    for point in growth.points(options.count // 2, options.quick, options.longest):
        if late(options):
            return
        one = able(options.contenders or ("ntsp" if point.axis == "workers" else PAIR))
        runs = min(options.runs, 2 if point.count <= 100_000 else 1)
        found = compare(lab, one, point.data, point.count, point.partitions, runs, options.limit, lambda _: None,
                                options.until, point.workers, checked=0)
        rows += [row | {"axis": point.axis, "x": point.x} for row in found if row["runs"]]
        file.put("rows", rows)
        if point.count > COUNT or point.data.entries:  # large ones; the others may be asked for again
            lab.forget(lab.topic(point.data, point.count, point.partitions))


def alone(lab: Lab, options, file: Results) -> None:
    for program in steps.PROGRAMS:
        file.put(program, steps.run(program, max(options.runs, 2)))
        print(f"{program}: done", flush=True)


WORDS = {"peers": peers, "data": matrix, "latency": latencies, "start": starts, "growth": grow, "steps": alone}
# The order of `all`, and what part of the time each may take; what one leaves the next ones have.
ALL = {"peers": 0.52, "latency": 0.06, "start": 0.05, "steps": 0.05, "growth": 0.16, "data": 0.16}
