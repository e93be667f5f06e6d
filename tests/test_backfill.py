"""ntsp run --stage archive --from … --to …: a range of the archive again; nothing twice, nothing left out."""

import json
import random

import pytest

from tests.support.load import Load, assert_all_once, send_all, wait_archived, wait_published
from tests.support.parquet import KEY, File
from tests.support.service import wait_for
from tests.support.topics import committed


def backfill(job, *args: str, **settings: str):
    return job.command("run", "--stage", "archive", *args, **settings)


def done(job, *args: str) -> str:
    ended = backfill(job, *args)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def assert_verified(job) -> None:
    ended = job.command("verify")
    assert ended.returncode == 0, ended.stdout


def remove(cloud, bucket, keys) -> None:
    for key in keys:
        cloud.client("s3").delete_object(Bucket=bucket["AWS_S3_BUCKET"], Key=key)


def contents(cloud, bucket) -> dict[str, list]:
    objects = cloud.objects(bucket["AWS_S3_BUCKET"])
    return {key: sorted(json.dumps(row, sort_keys=True) for row in File(key, data).rows())
            for key, data in objects.items()}


@pytest.fixture
def archive(service, cloud, bucket):
    """A group whose archive is complete, of several windows a partition, and stopped."""
    job = service(3, **bucket)
    process = job.start()
    process.wait_ready()
    sent = []
    for part in range(3):
        sent += send_all(job, 150, seed=part + 1)
        wait_published(job)
        wait_archived(job)
    assert process.terminate() == 0
    return job, sent


def test_objects_that_were_deleted_are_made_anew_and_the_others_stay_as_they_are(archive, cloud, bucket):
    job, sent = archive
    before = contents(cloud, bucket)
    gone = random.Random(1).sample(sorted(before), len(before) // 3)
    remove(cloud, bucket, gone)
    assert job.command("verify").returncode == 1
    assert "0 new" not in done(job, "--from", "0").splitlines()[-1]
    assert_verified(job)
    after = contents(cloud, bucket)
    assert {k: v for k, v in after.items() if k in before and k not in gone} == \
           {k: v for k, v in before.items() if k not in gone}
    assert sorted(r for rows in after.values() for r in rows) == sorted(r for rows in before.values() for r in rows)
    assert done(job, "--from", "0").splitlines()[-1].count(" 0 new") == 1, "the second time there are no gaps"
    assert contents(cloud, bucket) == after
    assert_all_once(job, cloud, bucket, sent)


def test_an_empty_bucket_is_filled_again(archive, cloud, bucket):
    job, sent = archive
    remove(cloud, bucket, cloud.objects(bucket["AWS_S3_BUCKET"]))
    done(job, "--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z")
    assert_verified(job)
    assert_all_once(job, cloud, bucket, sent)


def test_only_the_range_that_was_asked_for_is_touched(archive, cloud, bucket):
    job, _ = archive
    before = cloud.objects(bucket["AWS_S3_BUCKET"])
    names = [(key, KEY.fullmatch(key)) for key in sorted(before)]
    chosen = [m for _, m in names if m["table"] == "interface" and m["partition"] == "1"]
    start, end = chosen[0]["start"], chosen[0]["end"]
    remove(cloud, bucket, before)
    done(job, "--table", "interface", "--partition", "1", "--from", str(int(start)), "--to", str(int(end)))
    windows = {(m["table"], m["partition"], m["start"], m["end"])
               for m in map(KEY.fullmatch, cloud.objects(bucket["AWS_S3_BUCKET"]))}
    assert windows == {("interface", "1", start, end)}
    done(job, "--from", "0")
    assert_verified(job)


@pytest.mark.parametrize("step", ["after_plan:1", "after_upload:2", "after_done:2"])
def test_killed_in_the_middle_and_called_again_it_comes_to_the_same(archive, cloud, bucket, step):
    job, sent = archive
    rows = sorted(r for rows in contents(cloud, bucket).values() for r in rows)
    remove(cloud, bucket, random.Random(2).sample(sorted(cloud.objects(bucket["AWS_S3_BUCKET"])), 12))
    killed = backfill(job, "--from", "0", NTSP_CRASH_AT=step)
    assert killed.returncode not in (0, 1, 2), killed.stdout + killed.stderr
    # Another size of windows would choose other ends; a planned one keeps its own.
    again = backfill(job, "--from", "0", ARCHIVE_MAX_BYTES="1048576")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "the beginning was done by an earlier call" in again.stdout or step == "after_plan:1"
    assert_verified(job)
    assert sorted(r for rows in contents(cloud, bucket).values() for r in rows) == rows
    marks = [text for topic in job.tables.values()
             for _, text in committed(job.broker.bootstrap, f"{job.group}-archive-backfill", topic).values()]
    assert len(marks) == 9 and not any(marks), "nothing is left for a third call to go on with"


def test_beside_a_live_archive_nothing_comes_twice(service, cloud, bucket):
    job = service(1, **bucket | {"ARCHIVE_MAX_AGE_S": "2"})
    process = job.start().wait_ready()
    with Load(job, rate=50) as load:
        for seed in range(3):
            wait_for(lambda n=10 * (seed + 1): process.running() and len(cloud.objects(bucket["AWS_S3_BUCKET"])) > n, 60)
            keys = sorted(cloud.objects(bucket["AWS_S3_BUCKET"]))
            # Of what the archive has behind it; an object of an upload under way would come back by itself.
            behind = [k for k in keys if below_position(job, k)]
            remove(cloud, bucket, random.Random(seed).sample(behind, len(behind) // 3))
            done(job, "--from", "0")
    assert_all_once(job, cloud, bucket, load.sent)
    assert_verified(job)


def below_position(job, key: str) -> bool:
    match = KEY.fullmatch(key)
    position = committed(job.broker.bootstrap, f"{job.group}-archive", match["topic"])[int(match["partition"])][0]
    return int(match["end"]) <= position


@pytest.mark.parametrize("args, says", [
    (["--from", "0"], "--stage archive"),
    (["--stage", "normalize", "--from", "0"], "twice"),
    (["--stage", "archive", "--from", "yesterday"], "--from yesterday"),
    (["--stage", "archive", "--to", "-5"], "--to"),
])
def test_what_cannot_be_done_is_refused_with_the_reason(service, bucket, args, says):
    job = service(0, **bucket)
    ended = job.command("run", *args)
    assert ended.returncode == 2 and says in ended.stdout + ended.stderr, ended


def test_without_a_position_of_the_archive_it_says_what_to_do(service, bucket):
    job = service(2, **bucket)
    job.start("normalizer", "--stage", "normalize").wait_ready()
    send_all(job, 50)
    wait_published(job)
    ended = backfill(job, "--from", "0")
    assert ended.returncode == 1 and "has no position" in ended.stdout
