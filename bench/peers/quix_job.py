"""The job's first shape: QuixStreams, and for the whole job PyArrow and boto3 beside it.

    quix_job.py SETTINGS    a JSON object, as bench/contenders/quix.py makes it
"""

import json
import sys

import orjson
from quix_normalize import normalize
from quixstreams import Application, message_context
from quixstreams.models import Serializer


def main(settings: dict) -> None:
    app = Application(
        broker_address=settings["brokers"], consumer_group=settings["group"], auto_offset_reset="earliest",
        processing_guarantee=settings["delivery"], commit_interval=settings["commit_s"], auto_create_topics=False,
        use_changelog_topics=False, loglevel="WARNING", state_dir=settings["state_dir"],
        producer_extra_config={"compression.codec": "lz4", "linger.ms": 5, "acks": "all", "retry.backoff.ms": 10,
                               "partitioner": "murmur2_random", "message.max.bytes": 10_000_000})
    raw = app.topic(settings["raw"], value_deserializer="bytes", key_deserializer="bytes")
    topics = {table: app.topic(name, value_serializer=Records(), key_serializer="str")
              for table, name in settings["tables"].items()}
    frame = app.dataframe(raw).apply(records, expand=True, metadata=True)
    frame = frame.to_topic(lambda value, *_: topics[value[0]], key=lambda value: value[1])
    if settings["s3"]:
        from quix_sink import ParquetSink

        frame.sink(ParquetSink(**settings["s3"]))
    app.run()


def records(value: bytes, key, timestamp: int, headers) -> list[tuple[str, str, list[dict]]]:
    """One (table, node, records) for each table that the message has something for."""
    at = message_context()
    node, tables = normalize(orjson.loads(value), (at.topic, at.partition, at.offset), timestamp)
    return [(table, node, rows) for table, rows in tables.items() if rows]


class Records(Serializer):
    def __call__(self, value: tuple[str, str, list[dict]], ctx) -> bytes:
        return orjson.dumps(value[2])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
