"""From measured runs to figures: plain arithmetic, no Kafka."""

import math
import statistics


KEYS = ("messages", "bytes_in", "seconds", "rss_mb", "log_bytes", "raw_log_bytes", "value_bytes")


def median(values: list[float]) -> float:
    return statistics.median(values)


def spread(values: list[float]) -> float:
    """Half of what lies between least and most, relative to the median: 0.1 is ±10 %."""
    middle = median(values)
    return (max(values) - min(values)) / 2 / middle if middle else 0.0


def percentile(values: list[float], percent: float) -> float:
    """The least value that at least so many percent of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def rotated(things: list, round_number: int) -> list:
    """Each round begins with another one, so none always runs first."""
    by = round_number % len(things) if things else 0
    return things[by:] + things[:by]


def micros_per_message(row: dict) -> list[float]:
    """CPU of each good run, without what starting and ending cost."""
    return [max(run["cpu_s"] - row["idle_cpu_s"], 0.0) / run["messages"] * 1e6 for run in good(row)]


def good(row: dict) -> list[dict]:
    return [run for run in row["runs"] if "failed" not in run]


def summary(row: dict) -> dict | None:
    """Medians of a contender's runs; None if there is no good one."""
    runs = good(row)
    if not runs:
        return None
    cpu = micros_per_message(row)
    middle = {key: median([run[key] for run in runs]) for key in KEYS}
    late = [run["late_us"] for run in runs if run.get("late_us")]
    files = [run["archive"] for run in runs if run.get("archive")]
    return middle | {
        "runs": len(runs),
        "cpu_us": median(cpu),
        "cpu_spread": spread(cpu),
        "late_us": median(late) if late else None,
        "messages_per_s": median([run["messages"] / run["seconds"] for run in runs]),
        "mb_per_s": median([run["bytes_in"] / run["seconds"] / 1e6 for run in runs]),
        "files": median([f["files"] for f in files]) if files else 0,
        "file_bytes": median([f["bytes"] for f in files]) if files else 0,
        "rows": median([f["rows"] for f in files]) if files else 0,
    }


def ratio(cost: float, base: float | None) -> float | None:
    return cost / base if base else None
