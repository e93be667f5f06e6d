"""The limit: ntsp's own Kafka clients and transactions, the same bytes in and out, nothing done with them."""

from bench import BUILD
from bench.contender import Contender, needs
from bench.job import Job

BINARY = BUILD / "pass_through"


class PassThrough(Contender):
    name, label, writes = "pass-through", "pass-through of the same bytes (the limit)", "copy"

    def missing(self) -> str:
        return needs(BINARY, "the pass-through", "cmake --build --preset release --target pass_through")

    def command(self, job: Job) -> list:
        return [BINARY, job.lab.bootstrap, job.raw, job.name]
