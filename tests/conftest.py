import os
import pathlib
import re
import sys
import zlib

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"  # nothing here may ask an address outside this machine

from tests.support.broker import Broker  # noqa: E402
from tests.support.cloud import KEYS, Cloud  # noqa: E402
from tests.support.service import Service  # noqa: E402


@pytest.fixture(scope="session")
def broker():
    broker = Broker()
    yield broker
    broker.close()


@pytest.fixture(scope="session")
def cloud():
    cloud = Cloud()
    yield cloud
    cloud.close()


@pytest.fixture
def service(broker, tmp_path, request):
    """Makes a Service with topics of its own; its processes end with the test."""
    made = []

    def make(partitions: int = 4, **settings) -> Service:
        words = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())
        name = f"{words[:50]}-{zlib.crc32(words.encode()):08x}-{len(made)}"
        made.append(Service(broker, name, tmp_path, partitions, **settings))
        return made[-1]

    yield make
    for each in made:
        each.kill_all()


@pytest.fixture
def bucket(cloud):
    """Settings that archive to a new bucket, a window a second, and the bucket's name under "AWS_S3_BUCKET"."""
    return KEYS | {"AWS_S3_BUCKET": cloud.bucket(), "AWS_ENDPOINT_URL": cloud.endpoint, "ARCHIVE_MAX_AGE_S": "1"}
