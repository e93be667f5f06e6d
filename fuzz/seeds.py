#!/usr/bin/env python3
"""Where the fuzz targets begin: a folder of inputs for each, made from tests/data. `seeds.py OUT`"""

import gzip
import json
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"


def values(dialect: str) -> list[bytes]:
    """Each sample as Kafka would hold it, and its parts where it is a list."""
    found = []
    for file in sorted((DATA / dialect).glob("*.json")):
        value = json.loads(file.read_text())
        found += [value, *(value if isinstance(value, list) else [])]
    return [json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() for value in found]


def records() -> list[bytes]:
    """The expected records of the samples, in each of the framings."""
    found = []
    for file in sorted(DATA.glob("*/*.expected.ndjson")):
        rows = [json.loads(line)["record"] for line in file.read_text().splitlines() if '"record"' in line]
        common = {"batch_id": "3f2b6c1e-7d55-5a1b-9c0e-2f1d3b4a5c6d", "received_at": "2026-01-01T00:00:00.000000Z"}
        rows = [json.dumps(common | row, separators=(",", ":")) for row in rows]
        found += [("[" + ",".join(rows) + "]").encode(), "\n".join(rows[-3:]).encode()]
    return found


def mapping_files() -> list[bytes]:
    return [b"# path leaf column rule\n/acme/port id interface.interface_name\n"
            b"port/statistics rx-bytes interface.in_octets count\r\n",
            b"acme:system/facts up_since node.boot_time time # comment\nport state interface.oper_status oper-status\n",
            b"/addresses/address ip address.address_ip_prefix\n", b"a b node.nothing\n", b""]


def env_files() -> list[bytes]:
    return [(ROOT / ".env.example").read_bytes(),
            b"\xef\xbb\xbfexport A='x # y'\r\nB=\"q\\n\\\"\\$\" # c\n C = d # e\nD=\nA=2\n", b"=x\n9A=1\nE='never\n"]


def packed() -> list[bytes]:
    """gzip and a stored block of zstd; whole, and cut short."""
    text = values("eda")[0]
    header = b"\x28\xb5\x2f\xfd\xa0" + len(text).to_bytes(4, "little")
    stored = header + (len(text) << 3 | 1).to_bytes(3, "little") + text
    zipped = gzip.compress(text, mtime=0)
    return [zipped, zipped[:-9], zipped + zipped, stored, stored[:-9], gzip.compress(b"", mtime=0)]


def main(out: pathlib.Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    dialects = sorted(folder.name for folder in DATA.iterdir())
    targets = {dialect.replace("-", "_"): values(dialect) for dialect in dialects}
    targets["message"] = [value for dialect in dialects for value in values(dialect)[:3]] + packed()
    targets["record_reader"] = records()
    targets["mapping_file"] = mapping_files()
    targets["env_file"] = env_files()
    for target, inputs in targets.items():
        folder = out / target
        folder.mkdir(parents=True)
        for number, text in enumerate(inputs):
            (folder / f"{number:04}").write_bytes(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
