"""What reaches a person's pager: few messages, each with what to do, and an end."""

import json
import pathlib
import time

from tests.support.facts import Made
from tests.support.service import wait_for
from tests.support.topics import Sender

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs/alerts.md"


class Pager:
    """What came from an AlertTopic so far."""

    def __init__(self, topic):
        self._topic, self.messages = topic, []

    def bodies(self, kind: str | None = None) -> list[dict]:
        self.messages += self._topic.received()
        return [m["body"] for m in self.messages if kind in (None, m["body"]["kind"])]

    def wait_for(self, kind: str, *states: str, timeout: float = 40) -> list[dict]:
        """Until the last notifications of the kind have these states."""
        wait_for(lambda: tuple(b["state"] for b in self.bodies(kind)[-len(states):]) == states, timeout,
                 lambda: self.bodies())
        return self.bodies(kind)


def send(job, *values: bytes) -> None:
    sender = Sender(job.broker.bootstrap, job.raw)
    for value in values:
        sender.send(Made("some-key", value))
    sender.flush()


def interface(node: str, name: str, status: str) -> bytes:
    return json.dumps({"path": ".node.srl.interface", "entries": [
        {"keys": {"node_name": node, "interface_name": name}, "fields": {"oper-state": status}}]}).encode()


def test_a_storm_of_failures_is_few_messages_and_ends_with_recovered(service, cloud, bucket):
    topic = cloud.alert_topic()
    job = service(4, **bucket, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="3")
    job.start().wait_ready()
    send(job, *[b"not json"] * 1000)
    pager = Pager(topic)
    bodies = pager.wait_for("dead-letter", "recovered")
    assert len(pager.messages) <= 6
    assert bodies[0]["state"] == "firing" and set(bodies[0]["reasons"]) == {"invalid-json"}
    assert "not json" in bodies[0]["sample"] and job.raw in bodies[0]["where"]
    assert bodies[-1]["count"] == 1000 and bodies[-1]["first_time"] <= bodies[-1]["last_time"]
    page, section = bodies[0]["docs"].split("#")
    assert page == "docs/alerts.md" and f"\n## {section}\n" in PAGE.read_text()


def test_a_fifo_topic_gets_each_notification_in_order_and_in_the_group_of_its_kind(service, cloud, bucket):
    topic = cloud.alert_topic(fifo=True)
    job = service(1, **bucket, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="2", DOCS_URL="https://wiki.example/ntsp")
    job.start().wait_ready()
    send(job, b"not json", b"")
    pager = Pager(topic)
    pager.wait_for("dead-letter", "recovered")
    assert {m["attributes"]["MessageGroupId"] for m in pager.messages} == {"dead-letter"}
    ids = [m["attributes"]["MessageDeduplicationId"] for m in pager.messages]
    assert len(set(ids)) == len(ids)
    assert [b["state"] for b in pager.bodies()] == ["firing", "summary", "recovered"]
    assert pager.bodies()[1]["reasons"] == {"empty": 1, "invalid-json": 1}
    assert pager.bodies()[0]["docs"] == "https://wiki.example/ntsp/alerts.md#dead-letter"


def test_beyond_the_cap_one_notice_is_sent_and_the_rest_is_in_the_log(service, cloud, bucket):
    topic = cloud.alert_topic()
    job = service(1, **bucket, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="1", ALERT_MAX_PER_HOUR="4")
    process = job.start().wait_ready()
    for storm in range(1, 5):
        send(job, b"not json")
        wait_for(lambda: sum(line.get("state") == "recovered" for line in job.logs()) == storm, 30)
    pager = Pager(topic)
    pager.wait_for("alerts-capped", "firing")
    time.sleep(2)
    assert len(pager.bodies("alerts-capped")) == 1 and len(pager.bodies("dead-letter")) == 3
    logged = [line for line in job.logs() if line["event"] == "alert" and line["kind"] == "dead-letter"]
    assert len(logged) == 8 and all(line["docs"] == "docs/alerts.md#dead-letter" for line in logged)
    assert process.metric("ntsp_alert_dropped_total", reason="cap") == 5  # of four firing and four recovered


def test_interfaces_that_stay_down_are_one_message_and_flapping_ones_are_none(service, cloud, bucket):
    topic = cloud.alert_topic()
    job = service(1, **bucket, AWS_SNS_TOPIC_ARN=topic.arn, ALERT_WINDOW_S="2", ALERT_ON_INTERFACE_DOWN="true",
                  ALERT_INTERFACE_DOWN_S="6")
    process = job.start().wait_ready()
    ports = [f"ethernet-1/{i}" for i in range(1, 9)]
    send(job, interface("flapping", "e1", "up"), *[interface("leaf1", port, "up") for port in ports])
    send(job, *[interface("leaf1", port, "down") for port in ports], interface("unused", "e1", "down"))
    for _ in range(6):
        send(job, interface("flapping", "e1", "down"))
        time.sleep(1)
        send(job, interface("flapping", "e1", "up"))
        time.sleep(1)
    pager = Pager(topic)
    pager.wait_for("interface-down", "firing")
    time.sleep(5)  # it lasts: nothing more is said
    bodies = pager.bodies()
    assert len(bodies) == 1 and bodies[0]["count"] == 8 and bodies[0]["nodes"] == ["leaf1"]
    assert "leaf1 ethernet-1/" in bodies[0]["summary"] and "and 3 more" in bodies[0]["summary"]
    send(job, *[interface("leaf1", port, "up") for port in ports])
    assert pager.wait_for("interface-down", "firing", "recovered")[-1]["count"] == 8
    assert process.running()
