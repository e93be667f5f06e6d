"""All contenders, in the order of the tables."""

from bench.contender import Contender
from bench.contenders.ntsp import Ntsp
from bench.contenders.pass_through import PassThrough
from bench.contenders.quix import Quix
from bench.contenders.streams import Streams

ALL: dict[str, Contender] = {c.name: c for c in (
    PassThrough(), Ntsp(), Ntsp(delivery="at-least-once"), Ntsp(archive="s3"), Ntsp(archive="files"),
    Streams(), Streams(delivery="at-least-once"),
    Quix(), Quix(delivery="at-least-once"), Quix(archive="s3", delivery="at-least-once"))}


def named(names: str) -> list[Contender]:
    """Of a list with commas. SystemExit: there is no such contender."""
    unknown = [name for name in names.split(",") if name not in ALL]
    if unknown:
        raise SystemExit(f"no contender {', '.join(unknown)}: there are {', '.join(ALL)}")
    return [ALL[name] for name in names.split(",")]
