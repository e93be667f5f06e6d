"""The status page in a real browser: true numbers, a verdict that can be trusted, and nothing that a device can do to it."""

import json
import re
import socket

import pytest

from tests.support.broker import Broker
from tests.support.browser import Browser
from tests.support.cloud import KEYS, FaultProxy
from tests.support.facts import Made
from tests.support.load import Load, send_all, wait_archived, wait_published
from tests.support.oracle import TABLES
from tests.support.service import Service, wait_for
from tests.support.topics import Sender

HOSTILE = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


class Scene:
    """A working ntsp with a broker and a bucket that can go away, and the page of it."""

    def __init__(self, cloud, folder):
        self.broker, self.proxy, self.browser = Broker(), FaultProxy(cloud.port), Browser()
        self.job = Service(self.broker, "page", folder, 4, **KEYS, AWS_S3_BUCKET=cloud.bucket(),
                           AWS_ENDPOINT_URL_S3=self.proxy.endpoint, ARCHIVE_MAX_AGE_S="1", ALERT_WINDOW_S="2",
                           SERVICE_NAME=HOSTILE, DOCS_URL="https://docs.example.net/ntsp")
        self.process = self.job.start().wait_ready()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.process.port}/"

    def open(self, **how) -> Browser:
        self.browser.open(self.url, **how)
        self.wait(lambda: self.browser.text("#flow"))
        return self.browser

    def verdict(self) -> tuple[str, str]:
        return self.browser.run("return document.getElementById('verdict').className"), self.browser.text("#verdict-title")

    def wait(self, condition, timeout: float = 60) -> None:
        wait_for(condition, timeout, lambda: f"{self.verdict()} {self.browser.text('#verdict-text')}")

    def close(self) -> None:
        self.browser.close()
        self.job.kill_all()
        self.proxy.close()
        self.broker.close()


@pytest.fixture(scope="module")
def scene(cloud, tmp_path_factory):
    scene = Scene(cloud, tmp_path_factory.mktemp("page"))
    yield scene
    scene.close()


def number(text: str) -> int:
    return int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def counts(browser: Browser) -> dict[str, int]:
    return {name: number(browser.text(f"[data-box={name}] .value")) for name in ["normalize", "dead", "archive", "store", *TABLES]}


def test_the_numbers_are_those_of_what_was_sent(scene):
    browser = scene.open()
    wait_archived(scene.job)
    scene.wait(lambda: counts(browser)["archive"] == sum(counts(browser)[table] for table in TABLES))
    expected = counts(browser)
    for _, made in send_all(scene.job, 400):
        expected["normalize"] += 1
        expected["dead"] += made.dead is not None
        for table, _ in made.rows:
            expected[table] += 1
            expected["archive"] += 1
    wait_published(scene.job)
    wait_archived(scene.job)
    expected["store"] = int(scene.process.metric("ntsp_archive_objects_total"))
    scene.wait(lambda: counts(browser) == expected)
    assert min(expected.values()) > 0
    assert scene.process.metric("ntsp_publish_messages_total") == expected["normalize"]
    assert number(browser.text("#dead-letters .count")) == expected["dead"]
    scene.wait(lambda: "caught up" in browser.text("#normalize") and "caught up" in browser.text("#archive"))
    console, hosts = browser.said()
    assert console == [] and hosts == {f"127.0.0.1:{scene.process.port}"}


def test_rates_and_history_follow_the_load(scene):
    with Load(scene.job, rate=100):
        browser = scene.open()
        scene.wait(lambda: 20 < number(browser.text("[data-rate=messages]")) < 400)
        scene.wait(lambda: number(browser.text("[data-rate=interface]")) > 0)
        # whoever opens the page sees at once what was before
        def history() -> dict:
            return json.loads(scene.process.get("/api/status")[1])["history"]

        scene.wait(lambda: len(history()["messages"]) > 1 and max(history()["messages"]) > 0)
        now = history()
        assert len(now["messages"]) == len(now["lag_messages"])
        assert browser.run("return document.querySelectorAll('#plots path.line').length") >= 6
    wait_published(scene.job)


def test_hostile_names_and_dead_letters_stay_text(scene):
    sender = Sender(scene.broker.bootstrap, scene.job.raw)
    node = HOSTILE + "\u202e" + "n" * 200
    entry = {"keys": {"node_name": node, "interface_name": HOSTILE}, "fields": {"mtu": 1}}
    for _ in range(3):
        sender.send(Made(None, json.dumps({"path": ".node.srl.interface", "entries": [entry]}).encode()))
        sender.send(Made(None, f"</pre>{HOSTILE}".encode() + b"\xff\x00"))
    sender.flush()
    browser = scene.open()
    scene.wait(lambda: HOSTILE in browser.text("#nodes") and f"</pre>{HOSTILE}" in browser.text("#dead-letters"))
    assert HOSTILE in browser.text("#identity") and HOSTILE in browser.text("#settings")
    assert "\u202e" not in browser.text("body")
    assert browser.run("return document.querySelectorAll('img, body script, b b, pre *').length") == 0
    assert browser.run("return window.hacked ?? null") is None
    assert browser.said()[0] == []
    for dark in (False, True):
        scene.open(width=390, height=844, dark=dark)
        assert browser.run("return document.documentElement.scrollWidth") == 390
        background = browser.run("return getComputedStyle(document.body).backgroundColor")
        assert (max(map(int, re.findall(r"\d+", background))) < 64) == dark


def test_it_says_that_objects_cannot_be_stored_and_when_they_can_again(scene):
    browser = scene.open()
    scene.proxy.set("error", 503)
    with Load(scene.job, rate=50):
        scene.wait(lambda: scene.verdict() == ("critical", "Objects cannot be stored"))
        assert "bad" in browser.run("return document.querySelector('[data-box=store]').getAttribute('class')")
        assert browser.run("return document.querySelector('#findings a').href") == \
            "https://docs.example.net/ntsp/alerts.md#archive-failing"
        assert scene.process.get("/readyz")[0] == scene.process.get("/ready")[0] == 200
        scene.proxy.set("pass")
        scene.wait(lambda: scene.verdict()[0] != "critical")
    assert browser.said()[0] == []


def test_it_says_that_no_broker_answers_and_when_one_does_again(scene):
    browser = scene.open()
    scene.broker.stop()
    scene.wait(lambda: scene.verdict() == ("critical", "No Kafka broker answers"))
    assert scene.broker.bootstrap in browser.text("#verdict-text")
    assert scene.process.get("/readyz")[0] == 503 and scene.process.get("/livez")[0] == scene.process.get("/ping")[0] == 200
    scene.broker.start()
    scene.wait(lambda: scene.verdict()[0] != "critical")
    assert browser.said()[0] == []


def test_a_start_without_a_broker_is_told_and_so_is_the_end_of_the_process(broker, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = f"127.0.0.1:{nobody.getsockname()[1]}"
    job = Service(broker, "page-alone", tmp_path, 0, KAFKA_BOOTSTRAP_SERVERS=closed)
    browser, process = Browser(), job.start()
    try:
        wait_for(lambda: process.get("/livez")[0] == 200, 30)
        browser.open(f"http://127.0.0.1:{process.port}/")
        # the second, if this machine needed half a minute to get here
        told = ("Starting", "No Kafka broker answers")
        wait_for(lambda: browser.text("#verdict-title") in told, 30, lambda: browser.text("#verdict"))
        assert "None since the start" in browser.text("#dead-letters") and "There is no archive" in browser.text("#objects")
        assert browser.said()[0] == []
        process.kill()
        wait_for(lambda: browser.text("#verdict-title") == "No answer from ntsp", 30)
        assert browser.run("return document.body.className") == "stale"
    finally:
        browser.close()
        job.kill_all()


def test_the_page_is_served_with_headers_that_leave_nothing_to_chance(scene):
    headers = scene.browser.run("""
        return fetch('/').then((answer) => Object.fromEntries(answer.headers.entries()))""")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
