"""What a job has written: messages and records of its topics, files and rows of its archive."""

import contextlib
import hashlib
import io
import json
import pathlib
import re
import time

import pyarrow.parquet
from confluent_kafka import Consumer, TopicPartition

from bench.job import Job

RECORD = b'"batch_id":'  # once in each record
SAMPLE = re.compile(rb'"batch_id": ?"0[0-3]')  # of one raw message in 64: all its records are compared


def topic(lab, name: str, limit: float = 120) -> dict:
    """What a read_committed reader finds up to the end: messages, records, bytes of their values, and a digest of a sample
    of the records, whatever the order of their columns."""
    ends = lab.ends(name)
    reader = Consumer({"bootstrap.servers": lab.bootstrap, "group.id": "bench-reader", "log_level": 0, "enable.auto.commit": False,
                       "isolation.level": "read_committed", "auto.offset.reset": "earliest", "enable.partition.eof": True,
                       "fetch.message.max.bytes": 10_000_000})
    found, sample, open_ends = {"messages": 0, "records": 0, "bytes": 0}, [], {p for p, end in ends.items() if end > 0}
    deadline = time.monotonic() + limit
    with contextlib.closing(reader):
        reader.assign([TopicPartition(name, p, 0) for p in open_ends])
        while open_ends:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name} could not be read to its end in {limit:.0f} s: a transaction may be open")
            for message in reader.consume(5000, 0.2):
                if message.error():
                    open_ends.discard(message.partition())
                    continue
                value = message.value()
                found["messages"] += 1
                found["records"] += value.count(RECORD)
                found["bytes"] += len(value)
                if SAMPLE.search(value, 0, 64):
                    sample += [json.dumps(record, sort_keys=True) for record in json.loads(value)]
    return found | {"sample": hashlib.sha256("\n".join(sorted(sample)).encode()).hexdigest()[:16]}


def tables(job: Job) -> dict[str, dict]:
    return {table: topic(job.lab, name) for table, name in job.tables.items()}


def archive(job: Job) -> dict[str, int]:
    """Files of the job's bucket or folder, their rows and their bytes."""
    found = {"files": 0, "rows": 0, "bytes": 0}
    for content in _bucket(job) if job.bucket else _folder(job.folder):
        found["files"] += 1
        found["rows"] += pyarrow.parquet.read_metadata(io.BytesIO(content)).num_rows
        found["bytes"] += len(content)
    return found


def _bucket(job: Job):
    s3 = job.lab.cloud.client("s3")
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=job.bucket):
        for each in page.get("Contents", []):
            yield s3.get_object(Bucket=job.bucket, Key=each["Key"])["Body"].read()
            s3.delete_object(Bucket=job.bucket, Key=each["Key"])  # the stand-in keeps it in memory


def _folder(folder: pathlib.Path):
    for path in sorted(folder.rglob("*.parquet")):
        yield path.read_bytes()
        path.unlink()
