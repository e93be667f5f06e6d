"""The same normalisation in Kafka Streams (bench/peers/streams), one thread, Kafka outputs only."""

from bench import STREAMS
from bench.contender import Contender, needs
from bench.job import Job

CLASSES = STREAMS / "classes"
GUARANTEES = {"exactly-once": "exactly_once_v2", "at-least-once": "at_least_once"}


class Streams(Contender):
    def __init__(self, delivery: str = "exactly-once"):
        self.delivery = delivery
        self.name = "streams" + ("-alo" if delivery == "at-least-once" else "")
        self.label = "Kafka Streams, Kafka outputs"

    def missing(self) -> str:
        return needs(CLASSES / "Job.class", "the job in Kafka Streams", "`./dev bench` builds it; it needs a JDK 17 and Maven")

    def command(self, job: Job) -> list:
        return ["java", "-Xmx512m", "-cp", f"{STREAMS / '*'}:{CLASSES}", "Job", job.lab.bootstrap, job.raw, job.group,
                GUARANTEES[self.delivery], job.workers, job.folder / "state", *job.tables.values()]
