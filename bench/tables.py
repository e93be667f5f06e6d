"""Measured figures as tables of Markdown: text in, text out."""

from bench import stats

NOTHING = "Not measured yet."


def table(head: list[str], rows: list[list[str]], left: int = 1) -> str:
    """The first `left` columns are words, the others figures."""
    marks = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, marks, *rows])


def figure(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def times(cost: float, base: float | None) -> str:
    """As a ratio: 1.52, 23.1; nothing to compare with: a dash."""
    found = stats.ratio(cost, base)
    return figure(found, 2 if found is not None and found < 10 else 1)


def spread(s: dict) -> str:
    return f"±{s['cpu_spread'] * 100:.0f} %" if s["runs"] > 1 else "–"


def machine(found: dict | None) -> str:
    if not found:
        return NOTHING
    m, o = found["machine"], found["options"]
    runs = f"{o['runs']} alternating run{'s' if o['runs'] != 1 else ''}"
    rows = [["processor", f"{m['processor']}, {m['cores']} cores"], ["memory", f"{m['memory_gb']} GB"], ["system", m["system"]],
            ["taken", f"{m['taken']}, load before it {m['load_before']}, {runs}"], ["ntsp", f"{m['ntsp']}, {m['revision']}"],
            ["broker", f"Apache Kafka {m['kafka']}, one node, on the same machine; {m['java']}"],
            ["peers", f"Kafka Streams {m['kafka-streams']}; QuixStreams {m['quixstreams']}, PyArrow {m['pyarrow']}, boto3 {m['boto3']}, "
                      f"orjson {m['orjson']}, Python {m['python']}"]]
    return table(["", ""], rows, 2)


def taken(found: dict) -> str:
    return f"\n\nTaken {found['machine']['taken']}, load before it {found['machine']['load_before']}."


def peers(found: dict | None) -> str:
    summaries = summaries_of(found["parts"].get("rows", []) if found else [])
    if not summaries:
        return NOTHING
    base = cost(summaries, "pass-through")
    rows = []
    for row, s in summaries:
        own = cost(summaries, "ntsp-s3" if row["archive"] else "ntsp") if row["contender"] != "pass-through" else None
        rows.append([row["label"], row["delivery"], figure(s["cpu_us"]), spread(s),
                     figure(s["late_us"]), times(s["cpu_us"], base), times(s["cpu_us"], own), figure(s["messages_per_s"], 0),
                     figure(s["mb_per_s"], 0), figure(s["rss_mb"], 0), figure(s["log_bytes"] / s["messages"], 0),
                     f"{s['files']:.0f} of {s['file_bytes'] / s['files'] / 1e6:.1f} MB" if s["files"] else "–",
                     f"{s['runs']} of {s['messages']:,.0f}"])
    text = table(["", "delivery", "CPU µs/message", "spread", "second half", "x pass-through", "x ntsp", "messages/s", "MB/s in", "peak MB",
                  "bytes out/message", "files", "runs, messages"], rows, 2)
    return text + failures(found["parts"]["rows"])


def data(found: dict | None) -> str:
    """A line for each kind of messages: the pass-through and ntsp beside each other."""
    rows = []
    for part in (found or {"parts": {}})["parts"].values():
        summaries = summaries_of(part)
        s, base = next((s for row, s in summaries if row["contender"] == "ntsp"), None), cost(summaries, "pass-through")
        if s:
            size = s["bytes_in"] / s["messages"]
            rows.append([f"{part[0]['data']}: {part[0]['about']}", str(part[0]["partitions"]), figure(size, 0), figure(base),
                         figure(s["cpu_us"]), times(s["cpu_us"], base), figure(s["cpu_us"] / size * 1000, 2),
                         figure(s["messages_per_s"], 0), figure(s["mb_per_s"], 0), figure(s["rss_mb"], 0)])
    head = ["messages", "partitions", "bytes", "pass-through µs", "ntsp µs", "ratio", "ntsp µs/kB", "messages/s", "MB/s in", "peak MB"]
    return table(head, rows) + taken(found) if rows else NOTHING


def latency(found: dict | None) -> str:
    rows = [[row["label"], f"{row['commit_ms']} ms", f"{row['rate']:,}", figure(row["read_per_s"], 0), figure(row["p50_ms"], 0),
             figure(row["p99_ms"], 0), figure(row["most_ms"], 0), figure(row["cpu_us"]), f"{row['timed']:,}"]
            for row in (found or {"parts": {}})["parts"].get("rows", [])]
    head = ["", "`COMMIT_INTERVAL_MS`", "sent/s", "read/s", "p50 ms", "p99 ms", "most ms", "CPU µs/message", "timed"]
    return table(head, rows, 2) + taken(found) if rows else NOTHING


def start(found: dict | None) -> str:
    rows = [[row["label"], row["delivery"], figure(stats.median(row["seconds"]), 2), figure(min(row["seconds"]), 2),
             figure(max(row["seconds"]), 2)] for row in (found or {"parts": {}})["parts"].get("rows", []) if row["seconds"]]
    return table(["", "delivery", "median s", "least", "most"], rows, 2) + taken(found) if rows else NOTHING


def growth(found: dict | None) -> str:
    rows = [[row["axis"], f"{row['x']:,}", row["label"], figure(s["messages"], 0), figure(s["cpu_us"]), spread(s),
             figure(s["messages_per_s"], 0), figure(s["rss_mb"], 0)]
            for row, s in summaries_of((found or {"parts": {}})["parts"].get("rows", []))]
    head = ["over", "x", "", "messages", "CPU µs/message", "spread", "messages/s", "peak MB"]
    return table(head, rows, 3) + taken(found) if rows else NOTHING


def steps(found: dict | None) -> str:
    rows = []
    for part in (found or {"parts": {}})["parts"].values():
        for each in part:
            size = each["counters"].get("bytes")
            rows.append([each["name"], figure(each["ns"] / 1000, 3), figure(size, 0), figure(size / each["ns"] if size else None, 2)])
    return table(["step", "µs", "bytes", "GB/s"], rows) + taken(found) if rows else NOTHING


def summaries_of(rows: list[dict]) -> list[tuple[dict, dict]]:
    """Rows that have good runs, with their medians."""
    return [(row, s) for row in rows if (s := stats.summary(row))]


def cost(summaries: list[tuple[dict, dict]], contender: str) -> float | None:
    return next((s["cpu_us"] for row, s in summaries if row["contender"] == contender), None)


def failures(rows: list[dict]) -> str:
    """Runs that do not count, said openly."""
    told = [f"{row['label']}, {row['delivery']}: {len(bad)} of {len(row['runs'])} runs failed" for row in rows
            if (bad := [run for run in row["runs"] if "failed" in run])]
    return "\n\n" + "; ".join(told) + "." if told else ""
