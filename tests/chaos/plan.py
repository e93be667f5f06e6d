"""The plan of a storm: which fault when and against what. It is a function of the seed and the options, so it can be
printed beforehand and repeated; what the parts make of it depends on the machine, too.

Faults stand in lanes. Those of one lane come one after the other, those of different lanes overlap.
"""

import dataclasses
import random

CRASH_POINTS = ("before_plan", "after_plan", "after_upload", "after_done")
S3_FAULTS = ("error", "slow-down", "hang", "cut-request", "cut-reply", "lost-reply", "late", "slow")
LANES = ("ntsp", "broker", "network", "cloud")


@dataclasses.dataclass(frozen=True)
class Options:
    seed: int
    seconds: float = 30
    kills: int = 0  # go on until so many are planned, whatever `seconds` says
    processes: int = 3
    rate: int = 100  # raw messages a second
    partitions: int = 4
    network: bool = True  # whether parts can be cut from each other
    clock: bool = True  # whether an ntsp process can be given a wrong time
    only: tuple[str, ...] = ()  # kinds of faults; empty: all


@dataclasses.dataclass(frozen=True)
class Fault:
    at: float  # seconds after the beginning
    lane: str
    kind: str
    target: str = ""
    seconds: float = 0  # how long it lasts, for those that last
    detail: str = ""

    def __str__(self) -> str:
        lasts = f" for {self.seconds:.1f} s" if self.seconds else ""
        return f"{self.at:7.1f} s  {self.lane:8} {self.kind} {self.target}{lasts} {self.detail}".rstrip()


class _Maker:
    def __init__(self, options: Options):
        self._options = options
        self._dice = random.Random(options.seed)
        self._ntsp = [f"ntsp{i + 1}" for i in range(options.processes)]
        self._brokers = [f"kafka{i + 1}" for i in range(3)]

    def make(self) -> list[Fault]:
        faults = self._lane("ntsp", 1.5, (2, 7.5), self._ntsp_fault, self._options.kills)
        end = max(self._options.seconds, faults[-1].at) if self._options.kills and faults else self._options.seconds
        faults += self._lane("broker", 8, (6, 20), self._broker_fault, end=end)
        if self._options.network:
            faults += self._lane("network", 4, (3, 10), self._network_fault, end=end)
        faults += self._lane("cloud", 2, (2, 6), self._cloud_fault, end=end)
        return sorted(faults, key=lambda f: (f.at, f.lane))

    def _lane(self, lane, first, gaps, choose, kills=0, end=None) -> list[Fault]:
        faults, at, killed = [], self._dice.uniform(0.5, 1) * first, 0
        while killed < kills if kills else at < (end or self._options.seconds):
            made = choose()
            if made is None:
                return []
            kind, target, seconds, detail = made
            faults.append(Fault(round(at, 1), lane, kind, target, round(seconds, 1), detail))
            killed += len(self._ntsp) if kind == "kill-all" else kind in ("kill", "crash-at")
            at += seconds + self._dice.uniform(*gaps)
        return faults

    def _pick(self, weights: dict[str, float]) -> str | None:
        wanted = {k: w for k, w in weights.items() if w and (not self._options.only or k in self._options.only)}
        return self._dice.choices(list(wanted), list(wanted.values()))[0] if wanted else None

    def _ntsp_fault(self):
        kind = self._pick({"kill": 10, "crash-at": 4, "zombie": 3, "stop": 2, "kill-all": 0.7, "leave": 1,
                           "clock": 1.5 if self._options.clock else 0})
        target, detail, seconds = self._dice.choice(self._ntsp), "", 0.0
        if kind is None:
            return None
        if kind == "zombie":  # a session ends after 3 s
            seconds = self._dice.uniform(3.5, 9)
        elif kind == "leave":
            seconds = self._dice.uniform(4, 8)
        elif kind == "clock":
            detail = str(self._dice.choice([-90000, -3700, -45, 45, 3700, 90000]))
        elif kind == "crash-at":
            detail = f"{self._dice.choice(CRASH_POINTS)}:{self._dice.randrange(1, 5)}"
        elif kind == "kill-all":
            target = ""
        return kind, target, seconds, detail

    def _broker_fault(self):
        kind = self._pick({"broker-kill": 4, "broker-restart": 2, "broker-pause": 3, "rolling-restart": 0.7})
        if kind is None:
            return None
        target = "" if kind == "rolling-restart" else self._dice.choice(self._brokers)
        seconds = 0.0 if kind == "rolling-restart" else self._dice.uniform(1, 8)
        return kind, target, seconds, ""

    def _network_fault(self):
        kind = self._pick({"isolate": 2, "cut": 4, "cut-one-way": 2, "delay": 3})
        if kind is None:
            return None
        far = self._dice.choice([*self._brokers, *self._brokers, "cloud"])
        near = self._dice.choice([*self._ntsp, *self._ntsp, *(b for b in self._brokers if b != far)])
        if kind == "isolate":
            target = self._dice.choice(self._ntsp + self._brokers)
        elif kind == "delay":
            target = self._dice.choice(self._ntsp + self._brokers)
        else:
            target = f"{near}-{far}"
        detail = f"{self._dice.choice([20, 100, 400])} ms" if kind == "delay" else ""
        return kind, target, self._dice.uniform(1, 10), detail

    def _cloud_fault(self):
        kind = self._pick({"sns-throttle": 1.4} | {f"s3-{fault}": 1 for fault in S3_FAULTS})
        if kind is None:
            return None
        if kind == "sns-throttle":
            return kind, "", self._dice.uniform(2, 8), "of 90 %"
        return kind, "", self._dice.uniform(1, 7), f"of {self._dice.choice([20, 50, 100])} %"


def make_plan(options: Options) -> list[Fault]:
    return _Maker(options).make()
