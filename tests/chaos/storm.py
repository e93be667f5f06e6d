"""Carries out a plan: a thread a lane, every fault undone before the lane's next one."""

import collections
import signal
import threading
import time

from tests.chaos.plan import LANES, Fault


class Storm:
    """`parts`: cluster, supervisor, proxy, and network and clock, which may be None if no fault of the plan needs them."""

    def __init__(self, plan: list[Fault], cluster, supervisor, proxy, network, clock, say):
        self._plan, self._say = plan, say
        self._cluster, self._supervisor, self._proxy, self._network = cluster, supervisor, proxy, network
        self._clocks = clock
        self.done: collections.Counter = collections.Counter()  # kind → how often; kills are counted by process
        self.failures: list[str] = []  # what the test itself could not do

    def run(self) -> None:
        lanes = [threading.Thread(target=self._lane, args=([f for f in self._plan if f.lane == lane],)) for lane in LANES]
        self._began = time.time()
        for lane in lanes:
            lane.start()
        for lane in lanes:
            while lane.is_alive():  # so that a signal is served
                lane.join(0.5)

    def _lane(self, faults: list[Fault]) -> None:
        for fault in faults:
            time.sleep(max(0.0, self._began + fault.at - time.time()))
            self._say(f"{time.time() - self._began:7.1f} s  {fault.kind} {fault.target} {fault.detail}")
            try:
                getattr(self, "_" + fault.kind.split("-")[0])(fault)
            except Exception as error:  # noqa: BLE001  the storm goes on; the run fails in the end
                self.failures.append(f"{fault}: {error!r}")

    # -- ntsp

    def _kill(self, fault: Fault) -> None:
        everybody = [i.name for i in self._supervisor.instances]
        self.done["kill"] += self._supervisor.kill([fault.target] if fault.target else everybody)

    def _crash(self, fault: Fault) -> None:
        self.done["kill"] += self._supervisor.kill([fault.target], crash_at=fault.detail)

    def _zombie(self, fault: Fault) -> None:
        instance = self._supervisor.instance(fault.target)
        if instance.signal(signal.SIGSTOP):
            self.done["zombie"] += 1
            time.sleep(fault.seconds)
            instance.signal(signal.SIGCONT)

    def _stop(self, fault: Fault) -> None:
        self.done["SIGTERM"] += self._supervisor.instance(fault.target).signal(signal.SIGTERM)

    def _leave(self, fault: Fault) -> None:
        self._supervisor.leave(fault.target)
        self.done["leave and join"] += 1
        time.sleep(fault.seconds)
        self._supervisor.join(fault.target)

    def _clock(self, fault: Fault) -> None:
        self._clocks.set(fault.target, int(fault.detail))
        self.done["clock jump"] += 1

    # -- brokers

    def _broker(self, fault: Fault) -> None:
        member = self._cluster.member(fault.target)
        if fault.kind == "broker-pause":
            member.signal(signal.SIGSTOP)
            time.sleep(fault.seconds)
            member.signal(signal.SIGCONT)
        else:
            member.stop(hard=fault.kind == "broker-kill")
            time.sleep(fault.seconds)
            member.start()
        self.done[fault.kind] += 1
        # Two of three may never be away: then the brokers themselves promise nothing.
        self._cluster.wait_whole(60)

    def _rolling(self, _fault: Fault) -> None:
        for member in self._cluster.members:
            member.stop(hard=False)
            member.start()
            self.done["broker-restart"] += 1
            if not self._cluster.wait_whole(60):
                return
        self.done["rolling restart"] += 1

    # -- network

    def _isolate(self, fault: Fault) -> None:
        self._network.isolate(fault.target, True)
        time.sleep(fault.seconds)
        self._network.isolate(fault.target, False)
        self.done["cut"] += 1

    def _cut(self, fault: Fault) -> None:
        near, far = fault.target.split("-")
        ways = [(near, far)] if fault.kind == "cut-one-way" else [(near, far), (far, near)]
        for way in ways:
            self._network.cut(*way, True)
        time.sleep(fault.seconds)
        for way in ways:
            self._network.cut(*way, False)
        self.done["cut"] += 1

    def _delay(self, fault: Fault) -> None:
        self.done["delay"] += 1
        if self._network.can_delay:
            self._network.delay(fault.target, int(fault.detail.split()[0]))
            time.sleep(fault.seconds)
            self._network.delay(fault.target, 0)
            return
        # TCP sends again what a short cut took: late, and in bursts.
        end = time.time() + fault.seconds
        while time.time() < end:
            self._network.isolate(fault.target, True)
            time.sleep(0.3)
            self._network.isolate(fault.target, False)
            time.sleep(0.3)

    # -- S3 and SNS

    def _s3(self, fault: Fault) -> None:
        self._spoil(fault, fault.kind.removeprefix("s3-"))

    def _sns(self, fault: Fault) -> None:
        self._spoil(fault, "throttle")

    def _spoil(self, fault: Fault, kind: str) -> None:
        self._proxy.fault(kind, int(fault.detail.split()[1]) / 100)
        time.sleep(fault.seconds)
        self._proxy.calm(kind)
