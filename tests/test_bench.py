"""The parts of bench/ that are plain arithmetic and text, and what contenders say when something is missing."""

import json

import pytest

from bench import contenders, data, growth, job, report, results, scaling, stats, steps, tables
from bench.contenders.ntsp import metrics
from bench.contenders.quix import Quix
from bench.contenders.streams import Streams
from tests.support.ports import free_port


def run(cpu_s: float, messages: int = 1_000_000, **more) -> dict:
    return {"cpu_s": cpu_s, "messages": messages, "bytes_in": messages * 5000.0, "seconds": 10.0, "rss_mb": 100.0,
            "log_bytes": 1000 * messages, "raw_log_bytes": 800 * messages, "value_bytes": 7000 * messages} | more


def row(contender: str, *runs: dict, idle: float = 1.0, **more) -> dict:
    chosen = contenders.ALL[contender]
    return {"contender": contender, "label": chosen.label, "delivery": chosen.delivery, "archive": chosen.archive, "writes": chosen.writes,
            "data": "middle", "about": "22 entries", "partitions": 4, "idle_cpu_s": idle, "runs": list(runs)} | more


MACHINE = {"processor": "P", "cores": 2, "memory_gb": 4, "system": "S", "taken": "T", "load_before": 0.1, "ntsp": "ntsp 1", "revision": "abc",
           "kafka": "4", "java": "J", "kafka-streams": "4", "quixstreams": "3", "pyarrow": "26", "boto3": "1", "orjson": "3", "python": "3"}


@pytest.fixture
def measured(tmp_path):
    """Figures on disk: the pass-through costs 10 µs a message, ntsp 15, its whole job 25, QuixStreams 150."""
    files = {"archive": {"files": 12, "rows": 21_000_000, "bytes": 240_000_000}}
    rows = [row("pass-through", run(11.0)), row("ntsp", run(16.0, late_us=12.5), run(15.0), run(18.0)), row("ntsp-s3", run(26.0, **files)),
            row("quix", run(31.0, 200_000), {"failed": "it fell over"})]
    results.Results("peers", MACHINE, {"runs": 3}, tmp_path).put("rows", rows)
    return tmp_path


def test_cost_is_the_median_of_good_runs_without_what_starting_costs():
    found = stats.summary(row("ntsp", run(16.0), run(15.0), run(18.0), {"failed": "x"}))
    assert found["cpu_us"] == pytest.approx(15.0)
    assert found["cpu_spread"] == pytest.approx(1.5 / 15)
    assert found["messages_per_s"] == 100_000 and found["runs"] == 3


def test_a_contender_that_never_succeeded_has_no_figures():
    assert stats.summary(row("quix", {"failed": "x"})) is None


def test_cost_is_never_below_nothing():
    assert stats.micros_per_message(row("ntsp", run(0.5))) == [0.0]


def test_percentiles_are_values_that_were_measured():
    values = [float(v) for v in range(1, 101)]
    assert [stats.percentile(values, p) for p in (50, 99, 100)] == [50.0, 99.0, 100.0]
    assert stats.percentile([7.0], 99) == 7.0


def test_no_contender_always_runs_first():
    things = ["a", "b", "c"]
    assert {stats.rotated(things, number)[0] for number in range(3)} == set(things)
    assert sorted(stats.rotated(things, 7)) == things


def test_the_last_part_of_each_partition_is_read_by_a_slow_contender():
    assert job.last_part({0: 100, 1: 10, 2: 0}, 0.2) == {0: 80, 1: 8, 2: 0}
    assert job.last_part({0: 100}, 1.0) == {}


def test_made_messages_have_as_many_entries_as_asked_for_and_one_node():
    for key, value in data.pool(entries=5, nodes=3)[:10]:
        (part,) = json.loads(value)
        assert len(part["entries"]) == 5 and {e["keys"]["node_name"] for e in part["entries"]} == {key}
    assert len({key for key, _ in data.pool(entries=5, nodes=3)}) == 3


def test_growth_goes_over_every_axis_and_ten_million_messages_only_when_asked():
    usual, longest = list(growth.points(1000)), list(growth.points(1000, longest=True))
    assert {p.axis for p in usual} == {"partitions", "workers", "messages", "nodes", "1 MB messages"}
    assert max(p.count for p in usual) == 10**6 and max(p.count for p in longest) == 10**7


def test_tables_say_cost_and_its_ratios_to_the_limit_and_to_ntsp_and_which_runs_failed(measured):
    lines = tables.peers(results.read("peers", measured)).splitlines()
    cells = {line.split(" | ")[0].strip("| "): [cell.strip() for cell in line.split(" | ")] for line in lines}
    assert cells["ntsp, Kafka outputs"][2:7] == ["15.0", "±10 %", "12.5", "1.50", "1.00"]
    assert cells["QuixStreams, Kafka outputs"][2:7] == ["150.0", "–", "–", "15.0", "10.0"]
    assert cells["ntsp, whole job, Parquet to S3"][11] == "12 of 20.0 MB"
    assert lines[-1] == "QuixStreams, Kafka outputs, exactly-once: 1 of 2 runs failed."


def test_what_was_not_measured_is_said_to_be_so(tmp_path):
    text = report.filled("<!-- begin latency -->\nold\n<!-- end latency -->", lambda word: results.read(word, tmp_path))
    assert text == f"<!-- begin latency -->\n{tables.NOTHING}\n<!-- end latency -->"


def test_rendering_replaces_what_stands_between_marks_and_nothing_else(measured):
    text = "before\n<!-- begin machine -->\nold\n<!-- end machine -->\nafter <!-- begin costs -->\n<!-- end costs -->\n"
    read = lambda word: results.read(word, measured)  # noqa: E731
    once = report.filled(text, read)
    assert once.startswith("before\n<!-- begin machine -->\n| ") and "old" not in once and "\nafter <!-- begin costs -->\n| " in once
    assert report.filled(once, read) == once


def test_an_unknown_mark_is_an_error():
    with pytest.raises(KeyError):
        report.filled("<!-- begin nonsense -->\n<!-- end nonsense -->", lambda word: None)


def test_every_block_has_its_place_in_a_page():
    text = "".join((report.DOCS / page).read_text() for page in report.PAGES)
    assert all(f"<!-- begin {name} -->" in text and f"<!-- end {name} -->" in text for name in report.BLOCKS)


def test_scaling_follows_from_measured_cost_by_its_formulas(measured):
    m = scaling.measured(lambda word: results.read(word, measured))
    assert m["whole_us"] == pytest.approx(25) and m["in_bytes"] == 800 and m["file_bytes"] == 240
    plan = scaling.plan(1_000_000, m)
    assert plan["messages"] == pytest.approx(266_667, abs=1)
    assert plan["cores"] == pytest.approx(266_667 * 25e-6 / 0.6, rel=1e-4)
    assert plan["replicas"] == 6 and plan["partitions"] == 12
    assert plan["puts"] == pytest.approx(266_667 * 240 / 2**26, rel=1e-4)
    few = scaling.plan(1000, m)
    assert few["replicas"] == 2 and few["puts"] == pytest.approx(3 * 6 / 300)
    assert scaling.dollars(few)["puts"] == pytest.approx(0.06 * 730 * 3600 * 0.005 / 1000)


def test_scaling_waits_for_the_whole_job_to_be_measured(tmp_path):
    results.Results("peers", MACHINE, {"runs": 1}, tmp_path).put("rows", [row("ntsp", run(16.0))])
    assert scaling.measured(lambda word: results.read(word, tmp_path)) is None
    assert scaling.devices(None) == tables.NOTHING


def test_results_are_on_disk_after_each_part(tmp_path):
    file = results.Results("data", MACHINE, {"runs": 1}, tmp_path)
    file.put("a", [1])
    file.put("b", [2])
    file.put("a", [3])
    assert results.read("data", tmp_path)["parts"] == {"a": [3], "b": [2]}
    assert results.read("growth", tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["data.json"]


def test_steps_take_the_median_and_one_unit_of_time():
    found = steps.rows("decode_bench", {"benchmarks": [
        {"run_name": "parse/eda", "aggregate_name": "mean", "cpu_time": 9, "time_unit": "us"},
        {"run_name": "parse/eda", "aggregate_name": "median", "cpu_time": 2, "time_unit": "us", "bytes": 4000.0}]})
    assert found == [{"program": "decode_bench", "name": "parse/eda", "ns": 2000.0, "counters": {"bytes": 4000.0}}]


@pytest.mark.parametrize("where, contender, names", [
    ("bench.contenders.ntsp.BINARY", contenders.ALL["ntsp"], ("ntsp", "./dev build")),
    ("bench.contenders.pass_through.BINARY", contenders.ALL["pass-through"], ("pass-through", "--target pass_through")),
    ("bench.contenders.quix.PYTHON", Quix(), ("peers' packages", "./dev bench")),
    ("bench.contenders.streams.CLASSES", Streams(), ("Kafka Streams", "./dev bench", "JDK 17")),
])
def test_a_contender_says_what_it_lacks_and_what_to_do(monkeypatch, tmp_path, where, contender, names):
    monkeypatch.setattr(where, tmp_path / "nowhere")
    assert all(name in contender.missing() for name in names), contender.missing()


def test_an_unknown_contender_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(SystemExit, match="no contender flink: there are pass-through, ntsp,"):
        contenders.named("ntsp,flink")


def test_a_contender_that_does_not_answer_has_no_metrics():
    assert metrics(free_port()) == {}
