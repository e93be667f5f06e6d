"""Who is measured. Each says how it is started, when it is done, and what it lacks."""

import os
import pathlib

from bench.job import Job
from bench.usage import Process

# Settings of whoever calls must not reach the contenders.
OWN = ("KAFKA_", "AWS_", "OTEL_", "LOGFIRE_", "NTSP_")


class Contender:
    name = ""  # on the command line
    label = ""  # in tables
    writes = "tables"  # or "copy": the raw bytes
    delivery = "exactly-once"
    archive = ""  # or "s3": Parquet files too
    share = 1.0  # of the messages that it is given: slow ones would take too long with all of them

    def missing(self) -> str:
        """What has to be there and is not, and what to do; empty if all is there."""
        raise NotImplementedError

    def prepare(self, job: Job) -> None:
        """What the job needs besides its topics."""

    def command(self, job: Job) -> list:
        raise NotImplementedError

    def environment(self, job: Job) -> dict[str, str]:
        return {}

    def start(self, job: Job) -> Process:
        log = job.lab.folder / f"{job.name}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        return Process(self.command(job), log, clean | {"AWS_EC2_METADATA_DISABLED": "true"} | self.environment(job))

    def archived(self, job: Job, process: Process) -> bool:
        """All that is in the tables is in files, or will be once the process is told to end."""
        return True


def needs(path: pathlib.Path, what: str, remedy: str) -> str:
    return "" if path.exists() else f"{what} is not there ({path.name}): {remedy}"
