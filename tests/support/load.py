"""A load that goes on in the background while a test does harm, and the checks when it is over."""

import threading
import time

from tests.support.cloud import Cloud
from tests.support.facts import Fabric
from tests.support.oracle import check_dead_letters, check_topics
from tests.support.parquet import check_archive, files_of
from tests.support.service import PATIENCE, Service, wait_for
from tests.support.topics import Sender, committed, ends, read_all, read_tables


class Load:
    """Sends `rate` messages a second from a thread until stopped; fewer to a build that is so much slower."""

    def __init__(self, service: Service, rate: int, seed: int = 1):
        self._sender, self._fabric, self._rate = Sender(service.broker.bootstrap, service.raw), Fabric(seed), rate / PATIENCE
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join()
        self._sender.flush()

    @property
    def sent(self) -> list:
        return self._sender.sent

    def _run(self) -> None:
        began, count = time.time(), 0
        while not self._stop.is_set():
            while count < (time.time() - began) * self._rate:
                self._sender.send(self._fabric.message())
                count += 1
            time.sleep(0.01)


def send_all(service: Service, count: int, seed: int = 1) -> list:
    """A load at once; what was sent, with its places."""
    sender, fabric = Sender(service.broker.bootstrap, service.raw), Fabric(seed)
    for _ in range(count):
        sender.send(fabric.message())
    sender.flush()
    return sender.sent


def caught_up(bootstrap: str, group: str, topic: str) -> bool:
    """Whether the group has committed past every message of the topic. The end may hold transaction markers behind the
    last message, which no consumer sees: a position may rest before at most those."""
    done = committed(bootstrap, group, topic)
    for partition, end in ends(bootstrap, topic).items():
        offset = max(done[partition][0], 0)
        if end - offset > 1 or (end > 0 and offset == 0):
            return False
    return True


def settled(bootstrap: str, topic: str) -> bool:
    """Whether no transaction is open: one of a process that was killed and not started again ends by its timeout."""
    return ends(bootstrap, topic) == ends(bootstrap, topic, "read_committed")


def wait_published(service: Service, timeout: float = 120) -> None:
    wait_for(lambda: caught_up(service.broker.bootstrap, service.group, service.raw), timeout,
             lambda: f"{committed(service.broker.bootstrap, service.group, service.raw)} of "
                     f"{ends(service.broker.bootstrap, service.raw)}")
    for topic in [*service.tables.values(), service.dead]:
        wait_for(lambda t=topic: settled(service.broker.bootstrap, t), 60, lambda: f"a transaction stays open on {topic}")


def wait_archived(service: Service, timeout: float = 120) -> None:
    def position() -> dict:
        return {t: committed(service.broker.bootstrap, f"{service.group}-archive", t) for t in service.tables.values()}

    def done() -> bool:
        for topic, partitions in position().items():
            last = {}
            for message in read_all(service.broker.bootstrap, topic):
                last[message.partition()] = message.offset()
            if any(partitions[p][0] <= offset or partitions[p][1] for p, offset in last.items()):
                return False
        return True

    wait_for(done, timeout, lambda: f"archive positions: {position()}")


def assert_published_once(service: Service, sent: list) -> dict[str, list]:
    """Every raw message's rows once in the tables and every bad one once in the dead letters; returns the tables."""
    tables = read_tables(service.broker.bootstrap, service.tables)
    findings = check_topics(sent, tables)
    assert findings.expected > 0 and findings, str(findings)
    dead = check_dead_letters(sent, read_all(service.broker.bootstrap, service.dead))
    assert dead, str(dead)
    return tables


def assert_archived_once(cloud: Cloud, bucket: str, tables: dict[str, list]) -> list:
    """The bucket holds the tables' rows, each once; returns its files."""
    files = files_of(cloud.objects(bucket))
    findings = check_archive(files, tables)
    assert findings.expected > 0 and findings, str(findings)
    return files


def assert_all_once(job, cloud, bucket, sent):
    wait_published(job)
    wait_archived(job)
    return assert_archived_once(cloud, bucket["AWS_S3_BUCKET"], assert_published_once(job, sent))
