"""Raw messages to measure with. Most are what `ntsp simulate` says: facts, states, counters and addresses of a fabric."""

import json
import os
import random
import subprocess
from dataclasses import dataclass

from confluent_kafka import Producer

from bench import BUILD

POOL = 2000  # different messages of made data, which are sent again and again

DIALECTS = ("eda", "gnmic-event", "gnmic-json", "gnmic-protojson", "telegraf", "cisco-pipeline", "cisco-mdt", "yang-push")


@dataclass(frozen=True)
class Data:
    """What `./dev bench` calls one kind of raw messages. `entries`: 0 if ntsp's simulator makes them."""

    name: str
    about: str
    dialect: str = "eda"
    entries: int = 0
    nodes: int = 16

    def fill(self, bootstrap: str, topic: str, count: int) -> float:
        """Bytes of a message, on average."""
        if self.entries:
            messages = pool(self.entries, self.nodes)
            _produce(bootstrap, topic, messages, count)
            return sum(len(value) for _, value in messages) / len(messages)
        subprocess.run(self.simulate(count), check=True, capture_output=True,
                       env=os.environ | {"KAFKA_BOOTSTRAP_SERVERS": bootstrap, "KAFKA_RAW_TOPIC": topic})
        shown = subprocess.run([*self.simulate(2000), "--stdout"], check=True, capture_output=True)
        return len(shown.stdout) / 2000

    def simulate(self, count: int, rate: int = 0) -> list[str]:
        return [str(BUILD / "ntsp"), "simulate", "--count", str(count), "--rate", str(rate), "--dialect", self.dialect,
                "--nodes", str(self.nodes)]


SMALL = Data("small", "1 entry, 0.3 kB", entries=1)
MIDDLE = Data("middle", "22 entries, 4.9 kB")
LARGE = Data("large", "200 entries, 52 kB", entries=200)
HUGE = Data("huge", "3,800 entries, 1 MB", entries=3800)
SETS = {data.name: data for data in (SMALL, MIDDLE, LARGE, HUGE)}


def of_dialect(name: str) -> Data:
    return MIDDLE if name == "eda" else Data(f"middle-{name}", "the same report", dialect=name)


def of_nodes(nodes: int) -> Data:
    return Data(f"middle-{nodes}-nodes", f"22 entries of {nodes} nodes", nodes=nodes)


def pool(entries: int, nodes: int, seed: int = 1) -> list[tuple[str, bytes]]:
    """Different messages of EDA with interface counters, each of one node and with that many entries: (key, value)."""
    rng = random.Random(seed)
    count = max(nodes, min(POOL, 2_000_000 // entries // 300))
    return [message(f"leaf{i % nodes + 1:03}", entries, rng) for i in range(count)]


def message(node: str, entries: int, rng: random.Random) -> tuple[str, bytes]:
    def entry(number: int) -> dict:
        counters = {name: rng.randrange(1 << 36) for name in ("in-octets", "out-octets", "in-unicast-packets", "out-unicast-packets")}
        counters |= {"in-error-packets": rng.randrange(3), "in-discarded-packets": rng.randrange(50)}
        keys = {"namespace_name": "dc1", "node_name": node, "interface_name": f"ethernet-{number // 64 + 1}/{number % 64 + 1}"}
        return {"keys": keys, "fields": counters}

    value = {"path": ".namespace.node.srl.interface.statistics", "timestamp": "2026-01-02T03:04:05.678Z",
             "entries": [entry(number) for number in range(entries)]}
    return node, json.dumps([value], separators=(",", ":")).encode()


def _produce(bootstrap: str, topic: str, messages: list[tuple[str, bytes]], count: int) -> None:
    producer = Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True, "linger.ms": 5, "compression.codec": "lz4",
                         "partitioner": "murmur2_random", "message.max.bytes": 10_000_000, "log_level": 0,
                         "queue.buffering.max.kbytes": 200_000, "message.timeout.ms": 120_000})
    for number in range(count):
        key, value = messages[number % len(messages)]
        while True:
            try:
                producer.produce(topic, value, key)
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
    if producer.flush(120) != 0:
        raise RuntimeError(f"the broker did not take all messages of {topic}: look at its log")
