"""ntsp itself: `ntsp run`, with one worker a stage unless the job says otherwise."""

import urllib.request

from bench import BUILD
from bench.contender import Contender, needs
from bench.job import Job
from bench.usage import Process
from tests.support.cloud import KEYS
from tests.support.service import kafka_settings

BINARY = BUILD / "ntsp"


class Ntsp(Contender):
    def __init__(self, delivery: str = "exactly-once", archive: str = ""):
        self.delivery, self.archive = delivery, archive
        self.name = "ntsp" + {"": "", "s3": "-s3", "files": "-files"}[archive] + ("-alo" if delivery == "at-least-once" else "")
        self.label = "ntsp, " + {"": "Kafka outputs", "s3": "whole job, Parquet to S3", "files": "whole job, Parquet to files"}[archive]

    def missing(self) -> str:
        return needs(BINARY, "ntsp", "./dev build")

    def command(self, job: Job) -> list:
        return [BINARY, "run", *([] if self.archive else ["--stage", "normalize"])]

    def environment(self, job: Job) -> dict[str, str]:
        settings = kafka_settings(job.lab.bootstrap, job.group, job.raw, job.dead, job.tables) | {
            "NORMALIZE_WORKERS": str(job.workers),
            "DELIVERY": self.delivery,
            "INSTANCE_ID": job.name,
            "HTTP_LISTEN": f"127.0.0.1:{job.port}",
            "S3_EXPORT_ENABLED": "true" if self.archive else "false",
            "LOG_FORMAT": "json",
        }
        if self.archive == "s3":
            settings |= KEYS | {"AWS_S3_BUCKET": job.bucket, "AWS_ENDPOINT_URL": job.lab.cloud.endpoint}
        elif self.archive:
            settings |= {"ARCHIVE_URI": f"file://{job.folder}"}
        return settings | job.settings

    def prepare(self, job: Job) -> None:
        """An archive with a position reads each message once; without one it looks for older files first, and reads the
        first messages again."""
        if self.archive:
            for name in job.tables.values():
                job.lab.begin_at(f"{job.group}-archive", name, dict.fromkeys(range(job.partitions), 0))

    def archived(self, job: Job, process: Process) -> bool:
        """Its archive has read all. The windows that are still open it finishes when it is told to end."""
        if not self.archive:
            return True
        found = metrics(job.port)
        return found.get("ntsp_archive_messages_total", -1) == found.get("ntsp_publish_output_messages_total", 0)


def metrics(port: int) -> dict[str, float]:
    """name → sum of its series; empty if nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
    except OSError:
        return {}
    sums: dict[str, float] = {}
    for line in lines:
        if line and not line.startswith("#"):
            name = line.split("{")[0].split(" ")[0]
            sums[name] = sums.get(name, 0) + float(line.rsplit(" ", 1)[1])
    return sums
