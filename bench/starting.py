"""From the start of a process to its first record in the hands of a read_committed reader, with raw messages waiting."""

from bench import trial
from bench.contender import Contender
from bench.data import MIDDLE
from bench.lab import Lab
from bench.reader import Reader


def probe(lab: Lab, contender: Contender, partitions: int, limit: float) -> float:
    """Seconds."""
    raw = lab.topic(MIDDLE, 1000, partitions)
    job = trial.make_job(lab, contender, raw, partitions)
    topic = job.name if contender.writes == "copy" else job.tables["node"]
    with Reader(lab, topic) as reader:
        reader.take(1.0)  # connected before the clock starts
        process = contender.start(job)
        try:
            return reader.first(limit) - process.began
        finally:
            process.end()
            job.clear()
