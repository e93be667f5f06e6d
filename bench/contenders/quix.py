"""The job's first shape in QuixStreams (bench/peers), with PyArrow and boto3 for the whole job."""

import json

from bench import PEERS, ROOT
from bench.contender import Contender, needs
from bench.job import Job
from tests.support.cloud import KEYS

PYTHON = PEERS / "bin" / "python"
COMMIT_S = 0.25  # as ntsp's
FILE_S = 5.0  # QuixStreams' default: each commit makes files, and a file each quarter of a second would be no archive


class Quix(Contender):
    share = 0.2

    def __init__(self, delivery: str = "exactly-once", archive: str = ""):
        self.delivery, self.archive = delivery, archive
        self.name = "quix" + ("-s3" if archive else "-alo" if delivery == "at-least-once" else "")
        self.label = "QuixStreams" + (" + PyArrow + boto3, whole job, Parquet to S3" if archive else ", Kafka outputs")

    def missing(self) -> str:
        return needs(PYTHON, "Python with the peers' packages", "`./dev bench` makes it from bench/peers/requirements.txt")

    def command(self, job: Job) -> list:
        s3 = {"endpoint": job.lab.cloud.endpoint, "bucket": job.bucket, "key": KEYS["AWS_ACCESS_KEY_ID"],
              "secret": KEYS["AWS_SECRET_ACCESS_KEY"], "region": KEYS["AWS_REGION"]} if self.archive else None
        settings = {"brokers": job.lab.bootstrap, "group": job.group, "raw": job.raw, "tables": job.tables,
                    "delivery": self.delivery, "commit_s": FILE_S if self.archive else COMMIT_S,
                    "state_dir": str(job.folder / "state"), "s3": s3}
        return [PYTHON, ROOT / "bench" / "peers" / "quix_job.py", json.dumps(settings)]
