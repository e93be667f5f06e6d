"""The parts of the chaos test do what they say: else a storm without findings would mean nothing."""

import http.client
import http.server
import json
import threading
import time

import pytest

from tests.chaos.checker import check
from tests.chaos.plan import Options, make_plan
from tests.chaos.proxy import FaultProxy
from tests.support.facts import Made
from tests.support.oracle import Place, batch_id


# -- the plan


def test_a_seed_gives_the_same_plan_again_and_another_one_another():
    assert make_plan(Options(seed=5, seconds=60)) == make_plan(Options(seed=5, seconds=60))
    assert make_plan(Options(seed=5, seconds=60)) != make_plan(Options(seed=6, seconds=60))


def test_a_plan_has_as_many_kills_as_were_asked_for_and_no_two_faults_of_a_lane_at_once():
    plan = make_plan(Options(seed=1, kills=100))
    kills = sum({"kill": 1, "crash-at": 1, "kill-all": 3}.get(f.kind, 0) for f in plan)
    assert 100 <= kills <= 102
    for lane in {f.lane for f in plan}:
        faults = [f for f in plan if f.lane == lane]
        assert all(a.at + a.seconds <= b.at + 0.2 for a, b in zip(faults, faults[1:])), lane


# -- the checker


class Message:
    def __init__(self, topic, partition, offset, value, key=None, headers=()):
        self._all = topic, partition, offset, value, key, list(headers)

    def topic(self):
        return self._all[0]

    def partition(self):
        return self._all[1]

    def offset(self):
        return self._all[2]

    def value(self):
        return self._all[3]

    def key(self):
        return self._all[4]

    def headers(self):
        return self._all[5]


class Object:
    topic, partition, dt, hour = "node-data", 0, "2026-01-02", "03"

    def __init__(self, start, end, rows):
        self.start, self.end, self._rows, self.key = start, end, rows, f"{start}-{end}"
        self.metadata = {"ntsp.rows": str(len(rows))}

    def rows(self):
        return self._rows


class World:
    """Four raw messages of one row each, published one by one and archived two by two."""

    def __init__(self):
        at = 1_767_322_980_000  # 2026-01-02 03:03
        self.sent, self.rows = [], []
        for i in range(4):
            place = Place("network-data", 0, i, at)
            made = {"node_name": "leaf1", "timestamp": [None], "source_format": "eda", "version": str(i)}
            self.sent.append((place, Made("leaf1", b"{}", [("node", made)])))
            time_text = "2026-01-02T03:03:00.000000Z"
            self.rows.append(made | {"timestamp": time_text, "received_at": time_text, "batch_id": batch_id(place),
                                     "record_index": 0})
        self.messages = [self.message(i, row) for i, row in enumerate(self.rows)]
        self.objects = [Object(0, 2, self.rows[:2]), Object(2, 4, self.rows[2:])]

    @staticmethod
    def message(offset, row):
        return Message("node-data", 0, offset, json.dumps([row]).encode(), b"leaf1")

    def wrong(self) -> set[str]:
        return set(check(self.sent, {"node": self.messages}, [], self.objects).wrong)


def test_a_world_as_it_should_be_has_nothing_wrong():
    assert World().wrong() == set()


def test_the_checker_finds_a_row_that_was_never_published():
    world = World()
    del world.messages[3]
    world.objects[1] = Object(2, 4, world.rows[2:3])
    assert world.wrong() == {"lost in the tables' topics"}


def test_the_checker_finds_a_row_that_was_published_twice():
    world = World()
    world.messages.append(world.message(4, world.rows[3]))
    world.objects[1] = Object(2, 5, world.rows[2:] + world.rows[3:])
    assert {"twice in the tables' topics", "twice in the objects"} <= world.wrong()


def test_the_checker_finds_a_missing_object():
    world = World()
    del world.objects[1]
    assert world.wrong() == {"lost in the objects"}


def test_the_checker_finds_a_gap_and_a_late_beginning():
    world = World()
    world.objects = [Object(1, 2, world.rows[1:2]), Object(3, 4, world.rows[3:])]
    assert world.wrong() == {"lost in the objects", "ranges in the objects' names overlap or have a gap",
                             "the first range begins behind the first message"}


def test_the_checker_finds_windows_that_overlap():
    world = World()
    world.objects.append(Object(2, 3, world.rows[2:3]))
    assert world.wrong() == {"twice in the objects", "ranges in the objects' names overlap or have a gap"}


def test_the_checker_finds_another_value_a_stranger_and_a_wrong_hour():
    world = World()
    world.objects[0] = Object(0, 2, [world.rows[0] | {"version": "9"}, world.rows[1], world.rows[1] | {"batch_id": "x"}])
    world.objects[1].hour = "04"
    assert world.wrong() == {"changed in the objects", "nobody published it, in the objects", "in a wrong hour"}


def test_the_checker_finds_a_dead_letter_that_is_missing():
    world = World()
    world.sent.append((Place("network-data", 0, 4, 1), Made("leaf1", b"no", [], "invalid-json")))
    assert world.wrong() == {"lost in the dead letters"}


# -- the proxy


class Store:
    def __init__(self):
        self.puts: list[bytes] = []
        store = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if len(body) == int(self.headers["Content-Length"]):
                    store.puts.append(body)
                self.send_response(200)
                self.send_header("Content-Length", "4000")
                self.end_headers()
                self.wfile.write(b"x" * 4000)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def store():
    store = Store()
    yield store
    store.server.shutdown()
    store.server.server_close()


@pytest.fixture
def proxy(store):
    proxy = FaultProxy("127.0.0.1", store.server.server_port, seed=1)
    yield proxy
    proxy.close()


def put(proxy, timeout=10) -> tuple[int, bytes] | str:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)
    try:
        connection.request("PUT", "/bucket/key", b"a" * 1000)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return "cut"
    finally:
        connection.close()


@pytest.mark.parametrize("kind,answer,stored", [
    ("error", 500, 0), ("slow-down", 503, 0), ("cut-request", "cut", 0), ("lost-reply", "cut", 1), ("cut-reply", "cut", 1),
    ("slow", 200, 1)])
def test_each_fault_spoils_a_request_in_its_own_way_and_is_over_when_it_is_over(proxy, store, kind, answer, stored):
    proxy.fault(kind, 1.0)
    time.sleep(0.1)
    got = put(proxy)
    assert (got if got == "cut" else got[0]) == answer
    assert len(store.puts) == stored and proxy.done[kind] == 1
    proxy.calm()
    time.sleep(0.1)
    assert put(proxy) == (200, b"x" * 4000)


def test_a_late_request_reaches_the_store_after_its_client_was_cut_off(proxy, store):
    proxy.fault("late", 1.0)
    time.sleep(0.1)
    assert put(proxy) == "cut" and store.puts == [] and proxy.late() == 1
    deadline = time.time() + 30
    while proxy.late():
        assert time.time() < deadline
        time.sleep(0.1)
    assert store.puts == [b"a" * 1000]


def test_a_request_hangs_until_the_fault_is_over(proxy, store):
    proxy.fault("hang", 1.0)
    time.sleep(0.1)
    threading.Timer(0.7, proxy.calm).start()
    assert put(proxy) == "cut" and store.puts == []
