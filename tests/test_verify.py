"""`ntsp verify` finds every difference between topics and archive, and sees none where there is none."""

import io
import pathlib
import re
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.load import Load, send_all, wait_archived, wait_published
from tests.support.parquet import files_of
from tests.support.service import Service, wait_for


@pytest.fixture(scope="module")
def archived(broker, tmp_path_factory):
    """Some windows of each of two partitions, in a directory; the process that wrote them has ended."""
    folder = tmp_path_factory.mktemp("verify")
    job = Service(broker, "verify", folder, 2, ARCHIVE_URI=f"file://{folder}/archive", ARCHIVE_MAX_AGE_S="1")
    process = job.start().wait_ready()
    with Load(job, rate=150):
        wait_for(lambda: process.running() and len(objects(folder / "archive")) > 30, 60)
    wait_published(job)
    wait_archived(job)
    assert process.terminate() == 0
    return job, folder / "archive"


def objects(archive: pathlib.Path, table: str = "*") -> list[pathlib.Path]:
    return sorted(archive.glob(f"{table}/*/*/*.parquet"))


def partition_zero(archive: pathlib.Path, table: str) -> list:
    """Its objects as (path, File), by offset."""
    found = files_of({str(p.relative_to(archive)): p.read_bytes() for p in objects(archive, table)})
    return [(archive / f.key, f) for f in sorted(found, key=lambda f: f.start) if f.partition == 0]


def rewrite(path: pathlib.Path, change) -> None:
    """Changes the rows of a file, and nothing of what it says of itself."""
    file = pq.ParquetFile(io.BytesIO(path.read_bytes()))
    said = {k: v for k, v in file.metadata.metadata.items() if k.startswith(b"ntsp.")}
    schema = file.schema_arrow.with_metadata(said)
    pq.write_table(pa.Table.from_pylist(change(file.read().to_pylist()), schema=schema), path)


def verify(job, archive: pathlib.Path, *args: str) -> tuple[int, str]:
    ended = job.command("verify", *args, ARCHIVE_URI=f"file://{archive}")
    assert ended.stderr == "", ended.stderr
    return ended.returncode, ended.stdout


def examples(text: str, kind: str) -> list[str]:
    return re.findall(rf"^{kind} +(?!…)\S.*", text, re.M)


def count(text: str, kind: str) -> int:
    shown = len(examples(text, kind))
    more = re.search(rf"^{kind} +… and (\d+) more", text, re.M)
    return shown + (int(more[1]) if more else 0)


def test_nothing_differs_after_a_quiet_run(archived):
    job, archive = archived
    code, text = verify(job, archive)
    assert code == 0, text
    assert "each is archived once" in text and text.count("\nok ") + text.startswith("ok ") == 6
    assert "compared with 0 objects" not in text


def test_an_s3_archive_is_compared_while_it_grows(service, cloud, bucket):
    job = service(2, **bucket)
    process = job.start().wait_ready()
    with Load(job, rate=100):
        wait_for(lambda: len(cloud.objects(bucket["AWS_S3_BUCKET"])) > 8, 60)
        ended = job.command("verify")
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert "not archived yet" in ended.stdout
    assert process.running()


def delete_an_object(archive):
    path, file = partition_zero(archive, "interface")[1]
    path.unlink()
    return {"missing-range|missing-row": None}, f"{file.start}, {file.end}"


def delete_the_first_object(archive):
    path, file = partition_zero(archive, "node")[0]
    path.unlink()
    return {"missing-range|missing-row": None}, f"{file.start}, {file.end}"


def delete_the_last_object(archive):
    path, file = partition_zero(archive, "node")[-1]
    path.unlink()
    return {"missing-range|missing-row": None}, f"{file.start}, {file.end}"


def double_an_object_in_another_folder(archive):
    path, file = partition_zero(archive, "node")[0]
    other = archive / "node" / "dt=2020-01-01" / "hour=00" / path.name
    other.parent.mkdir(parents=True)
    shutil.copy(path, other)
    rows = len(file.rows())
    return {"repeated-in-archive": rows, "wrong-folder": rows}, "dt=2020-01-01"


def double_an_object_under_another_range(archive):
    (path, file), (_, after) = partition_zero(archive, "node")[:2]
    name = path.name.replace(f"{file.end:020}", f"{after.end:020}")
    shutil.copy(path, path.with_name(name))
    return {"repeated-in-archive": len(file.rows()), "overlap": None, "wrong-footer": 1}, name


def change_a_row(archive):
    path, file = partition_zero(archive, "interface")[0]

    def change(rows):
        rows[0]["interface_name"] += "x"
        return rows

    rewrite(path, change)
    return {"changed-row": 1}, file.key


def remove_a_row(archive):
    path, file = partition_zero(archive, "interface")[0]
    rewrite(path, lambda rows: rows[1:])
    return {"missing-row": 1, "wrong-footer": 1}, file.key


def repeat_a_row(archive):
    path, file = partition_zero(archive, "interface")[0]
    rewrite(path, lambda rows: rows + rows[:1])
    return {"repeated-in-archive": 1, "wrong-footer": 1}, file.key


def invent_a_row(archive):
    path, file = partition_zero(archive, "node")[0]
    rewrite(path, lambda rows: rows + [rows[0] | {"batch_id": "00000000-0000-5000-8000-000000000000"}])
    return {"foreign-row": 1, "wrong-footer": 1}, "00000000-0000-5000-8000-000000000000"


def move_a_row_to_another_object(archive):
    (path, _), (other, file) = partition_zero(archive, "node")[:2]
    row = pq.read_table(io.BytesIO(path.read_bytes())).to_pylist()[0]
    rewrite(path, lambda rows: rows[1:])
    rewrite(other, lambda rows: rows + [row])
    return {"misplaced-row": 1, "wrong-footer": 2}, file.key


def cut_an_object(archive):
    path, file = partition_zero(archive, "address")[0]
    path.write_bytes(path.read_bytes()[:-100])
    return {"unreadable-object": 1, "missing-row": None}, file.key


@pytest.mark.parametrize("defect", [
    delete_an_object, delete_the_first_object, delete_the_last_object, double_an_object_in_another_folder,
    double_an_object_under_another_range, change_a_row, remove_a_row, repeat_a_row, invent_a_row,
    move_a_row_to_another_object, cut_an_object], ids=lambda f: f.__name__.replace("_", "-"))
def test_a_seeded_defect_is_found_and_nothing_else(archived, tmp_path, defect):
    job, archive = archived
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    expected, word = defect(copy)
    code, text = verify(job, copy, "--examples", "100000")
    assert code == 1, text
    assert word in text
    for kinds, number in expected.items():
        found = sum(count(text, kind) for kind in kinds.split("|"))
        assert found == number if number is not None else found > 0, f"{kinds}: {found}\n{text}"
    named = {kind for kinds in expected for kind in kinds.split("|")}
    assert {m for m in re.findall(r"^([a-z-]+) +", text, re.M)} <= named | {"ok", "DIFF"}, text


def test_what_is_not_archived_yet_is_no_loss(service, tmp_path):
    job = service(2, ARCHIVE_URI=f"file://{tmp_path}/archive", ARCHIVE_MAX_AGE_S="600")
    process = job.start().wait_ready()
    send_all(job, 200)
    wait_published(job)
    process.kill()
    ended = job.command("verify")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "not archived yet" in ended.stdout


def test_examples_are_bounded_and_counts_are_not(archived, tmp_path):
    job, archive = archived
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    double_an_object_in_another_folder(copy)
    code, text = verify(job, copy, "--examples", "2", "--table", "node")
    assert code == 1 and len(examples(text, "repeated-in-archive")) == 2
    assert count(text, "repeated-in-archive") > 2
    assert "interface/0" not in text


def test_more_rows_than_the_memory_holds_are_compared_too(archived, tmp_path):
    """Needs no million rows: the unit tests of the sorter spill; this shows that it does not matter where."""
    job, archive = archived
    ended = job.command("verify", ARCHIVE_URI=f"file://{archive}", MEMORY_LIMIT_MB="128", NORMALIZE_WORKERS="1",
                        TMPDIR=str(tmp_path))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_an_archive_or_with_nonsense_it_says_what_is_missing(service):
    job = service(1)
    ended = job.command("verify")
    assert ended.returncode == 2 and "AWS_S3_BUCKET" in ended.stderr
    ended = job.command("verify", "--since", "yesterday", ARCHIVE_URI="file:///tmp")
    assert ended.returncode in (1, 2) and "--since yesterday" in ended.stderr
