"""Measures ntsp beside its peers and beside a pass-through of the same bytes, on a real broker: `./dev bench --help`."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
DOCS = ROOT / "docs"
BUILD = ROOT / "build" / "release"
PEERS = ROOT / ".deps" / "peers"  # Python packages of the peers and of the plots
STREAMS = ROOT / ".deps" / "streams"  # Kafka Streams' jars, and the job's class
TABLES = ("node", "interface", "address")

# Nothing here may ask an address outside this machine.
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
