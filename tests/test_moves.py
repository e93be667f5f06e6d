"""What has a name may get another address while ntsp runs: it finds the new one by itself."""

import pytest

from tests.support.broker import Broker
from tests.support.cloud import FaultProxy
from tests.support.load import Load, assert_all_once
from tests.support.names import Names
from tests.support.ports import free_port
from tests.support.service import Service, wait_for

KAFKA, STORE = "kafka.moves.test", "moves-store"  # moto takes what stands before a dot for the bucket
FIRST, SECOND = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def names(tmp_path) -> Names:
    if why_not := Names.why_not():
        pytest.skip(f"NAMES THAT CHANGE THEIR ADDRESS ARE NOT TESTED: {why_not}")
    return Names(tmp_path, {KAFKA: FIRST, STORE: FIRST})


@pytest.fixture
def job(tmp_path, names, cloud, bucket):
    """Everything is reached by name, and by way of `job.kafka` and `job.store`, which can move."""
    port = free_port()
    kafka, store = FaultProxy(port, FIRST), FaultProxy(cloud.port, FIRST)
    broker = Broker(extra_listeners=[("NAMED", "PLAINTEXT", port)], told={"NAMED": f"{KAFKA}:{kafka.port}"})
    job = Service(broker, "moves", tmp_path, 2, **bucket | {"AWS_ENDPOINT_URL": f"http://{STORE}:{store.port}"})
    job.within, job.kafka, job.store = names.within, kafka, store
    yield job
    job.kill_all()
    broker.close()
    kafka.close()
    store.close()


def start(job):
    process = job.start(KAFKA_BOOTSTRAP_SERVERS=f"{KAFKA}:{job.kafka.port}").wait_ready()
    wait_for(lambda: stored(process) > 50, 60)
    return process


def stored(process) -> float:
    return process.metric("ntsp_archive_rows_total")


def goes_on(process) -> None:
    read, rows = process.metric("ntsp_publish_messages_total"), stored(process)
    wait_for(lambda: process.running() and process.metric("ntsp_publish_messages_total") > read + 100, 180,
             lambda: process.log.read_text()[-3000:])
    wait_for(lambda: process.running() and stored(process) > rows + 100, 180, lambda: process.log.read_text()[-3000:])


@pytest.mark.parametrize(("name", "way"), [(KAFKA, "kafka"), (STORE, "store")], ids=["broker", "store"])
def test_what_has_a_name_is_found_again_at_another_address(job, names, cloud, bucket, name, way):
    with Load(job, rate=50) as load:
        process = start(job)
        names.set({name: SECOND})
        getattr(job, way).move(SECOND)
        goes_on(process)
    assert_all_once(job, cloud, bucket, load.sent)
    assert process.running()
