"""One storm from beginning to end: start everything, let it happen, let it drain, check, report."""

import datetime
import pathlib
import time

from confluent_kafka import KafkaException

from tests.chaos.checker import Verdict, check
from tests.chaos.clock import Clocks
from tests.chaos.cluster import Cluster
from tests.chaos.load import Load, Raw, read_all
from tests.chaos.network import HOME, Network, NoNetwork
from tests.chaos.plan import Options, make_plan
from tests.chaos.positions import Positions
from tests.chaos.proxy import FaultProxy
from tests.chaos.storm import Storm
from tests.chaos.supervisor import Instance, Supervisor
from tests.support.cloud import KEYS, Cloud
from tests.support.oracle import TABLES, rows_of
from tests.support.parquet import files_of

DRAIN = 180  # seconds in which everything must have come to its end once the faults are over
GROUP, RAW, DEAD = "chaos", "network-data", "network-data-dlq"
TOPICS = {table: f"{table}-data" for table in TABLES}


def settings(cluster: Cluster, cloud: Cloud, proxy: FaultProxy, bucket: str) -> dict[str, str]:
    return KEYS | {
        "KAFKA_BOOTSTRAP_SERVERS": cluster.bootstrap, "KAFKA_CONSUMER_GROUP": GROUP, "NORMALIZE_WORKERS": "2",
        "KAFKA_CLIENT_SESSION_TIMEOUT_MS": "3000", "KAFKA_CLIENT_HEARTBEAT_INTERVAL_MS": "500",
        "AWS_S3_BUCKET": bucket, "AWS_ENDPOINT_URL": proxy.endpoint, "ARCHIVE_MAX_AGE_S": "1",
        "AWS_SNS_TOPIC_ARN": cloud.alert_topic().arn, "ALERT_WINDOW_S": "2", "ALERT_MAX_PER_HOUR": "0",
        "AWS_EC2_METADATA_DISABLED": "true", "LOG_FORMAT": "json", "HTTP_LISTEN": "off",
    }


def longest_wait(tables: dict[str, list]) -> float:
    """Seconds from a raw message in Kafka to its records there, by the brokers' clock: what a fault costs in time."""
    longest = 0
    for messages in tables.values():
        for message in messages:
            received = datetime.datetime.fromisoformat(rows_of(message.value())[0]["received_at"].replace("Z", "+00:00"))
            longest = max(longest, message.timestamp()[1] - int(received.timestamp() * 1000))
    return round(longest / 1000, 1)


class Run:
    """`folder`: for logs and data; `extra`: settings for ntsp beside the usual ones."""

    def __init__(self, options: Options, binary: pathlib.Path, folder: pathlib.Path, extra: dict[str, str], say):
        self._options, self._binary, self._folder, self._extra, self._say = options, binary, folder, extra, say
        self.trouble: list[str] = []  # why the run failed, apart from what the checker says
        self.report: dict = {}

    def go(self) -> bool:
        """Whether nothing was lost, nothing is there twice, and all came to its end."""
        plan = make_plan(self._options)
        self._say(f"plan of seed {self._options.seed}:\n" + "\n".join(map(str, plan)))
        began = time.time()
        self._start()
        self._say(f"all parts run after {time.time() - began:.0f} s; the storm begins")
        storm = Storm(plan, self._cluster, self._supervisor, self._proxy,
                      self._network if self._options.network else None, self._clock, self._say)
        storm.run()
        self.trouble += [f"the test could not: {failure}" for failure in storm.failures]
        verdict = self._drain_and_check()
        self._report(storm, verdict, time.time() - began)
        return not self.trouble and not verdict.wrong

    # -- start

    def _start(self) -> None:
        o = self._options
        self._network = Network() if o.network else NoNetwork()
        if o.network and not self._network.can_delay:
            self._say("NO NETEM in this kernel: what should be delayed is cut and let go three times in two seconds instead")
        self._cloud = Cloud()
        self._proxy = FaultProxy(HOME if o.network else "127.0.0.1", self._cloud.port, o.seed)
        bucket = self._bucket = self._cloud.bucket()
        self._cluster = Cluster(self._network, self._folder)
        if not self._cluster.wait_whole(120):
            raise RuntimeError("the three brokers did not come up in 120 s")
        self._cluster.create_topics(o.partitions, [RAW])  # the others are made by ntsp
        self._clock = Clocks(self._folder) if o.clock else None
        environment = settings(self._cluster, self._cloud, self._proxy, bucket) | self._extra
        self._supervisor = Supervisor([Instance(f"ntsp{i + 1}", self._binary, self._network, self._folder,
                                                self._of(f"ntsp{i + 1}", environment))
                                       for i in range(o.processes)])
        self._normalize = Positions(self._cluster.bootstrap, GROUP, [RAW], o.partitions)
        self._archive = Positions(self._cluster.bootstrap, f"{GROUP}-archive", list(TOPICS.values()), o.partitions)
        self._load = Load(self._cluster.bootstrap, RAW, o.rate, o.seed)
        deadline = time.time() + 240
        while time.time() < deadline and not self._flows():
            time.sleep(0.2)
        if not self._flows():
            raise RuntimeError(f"nothing flows 240 s after the start, before any fault: see {self._folder}")

    def _of(self, name: str, environment: dict[str, str]) -> dict[str, str]:
        return environment | (self._clock.environment(name) if self._clock else {})

    def _flows(self) -> bool:
        try:
            return all(offset > 0 for group in (self._normalize, self._archive) for offset, _ in group.committed().values())
        except KafkaException:
            return False

    # -- the end

    def _drain_and_check(self) -> Verdict:
        self._proxy.calm()
        self._load.stop()
        self._say(f"the storm is over: {len(self._load.made)} messages made; waiting for all to be done")
        began = time.time()
        if not self._cluster.wait_whole(120):
            self.trouble.append("the brokers did not become whole again: that is Kafka's or the test's, not ntsp's")
        end = {p: self._normalize.end(RAW, p) for p in range(self._options.partitions)}
        self._wait("publish", lambda: [f"{RAW}/{p} at {self._normalize.committed()[RAW, p][0]} of {e}"
                                       for p, e in end.items() if self._normalize.committed()[RAW, p][0] < e])
        raw = Raw(self._load, read_all(self._cluster.bootstrap, RAW))
        if raw.lost_by_kafka:
            self.trouble.append(f"Kafka lost {len(raw.lost_by_kafka)} acknowledged raw messages: {raw.lost_by_kafka[:5]}")
        tables = {table: read_all(self._cluster.bootstrap, topic) for table, topic in TOPICS.items()}
        last: dict = {}
        for messages in tables.values():
            for m in messages:
                last[m.topic(), m.partition()] = m.offset()
        self._wait("archive", lambda: self._not_archived(last))
        while self._proxy.late():
            time.sleep(0.2)
        self.report["drained_s"] = round(time.time() - began)
        self._say("all is done; comparing")
        dead = read_all(self._cluster.bootstrap, DEAD)
        again = {table: read_all(self._cluster.bootstrap, topic) for table, topic in TOPICS.items()}
        uncommitted = [read_all(self._cluster.bootstrap, topic, "read_uncommitted") for topic in TOPICS.values()]
        self.report["aborted_messages"] = sum(map(len, uncommitted)) - sum(map(len, again.values()))
        self.report["longest_wait_of_a_message_s"] = longest_wait(again)
        return check(raw.sent, again, dead, files_of(self._cloud.objects(self._bucket)))

    def _not_archived(self, last: dict) -> list[str]:
        positions = self._archive.committed()
        return [f"{t}/{p} at {positions[t, p]} of {offset + 1}" for (t, p), offset in last.items()
                if positions[t, p][0] <= offset or positions[t, p][1]]

    def _wait(self, what: str, missing) -> None:
        left, deadline = ["nothing is known yet"], time.time() + DRAIN
        while left and time.time() < deadline:
            try:
                left = missing()
            except Exception as error:  # noqa: BLE001  the group moves
                left = [repr(error)]
            time.sleep(0.3)
        if left:
            self.trouble.append(f"stuck: {what} did not come to its end in {DRAIN} s: {left}")

    def _report(self, storm: Storm, verdict: Verdict, took: float) -> None:
        exits = self._supervisor.exits
        crashed = exits[137]
        for code, n in self._supervisor.unexpected().items():
            self.trouble.append(f"ntsp ended {n} times with {code}, which no fault asked for: see {self._folder}")
        self.report |= {
            "seed": self._options.seed, "took_s": round(took), "kills": storm.done["kill"] + crashed,
            "of_those_at_a_step_of_the_archive": crashed, "watchdog_exits": exits[70],
            "fenced_exits": self._supervisor.fenced(), "starts": self._supervisor.starts,
            "faults": dict(sorted(storm.done.items())), "spoiled_requests": dict(sorted(self._proxy.done.items())),
            **verdict.counts,
            "lost": sum(len(e) for k, e in verdict.wrong.items() if k.startswith("lost")),
            "twice": sum(len(e) for k, e in verdict.wrong.items() if k.startswith("twice")),
        }
        for name, value in self.report.items():
            self._say(f"  {name.replace('_', ' '):40} {value}")
        self._say(verdict.text())
        for line in self.trouble:
            self._say(line)
