#!/usr/bin/env python3
"""Moves the wall clock of a running server, and stops it for a while (reliability R11, R12).

    clock.py [--muster PATH]

The clock is moved by Debian's libfaketime, which reads the step from a file; the monotonic clock is left as it is.
"""
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import common
import lib
from lib import expect

FLEET = [("10.1.0.%d" % (number % 250 + 1), 2000 + number) for number in range(60)]


class Fleet(threading.Thread):
    """Instances that beat every five seconds as clients do, until told to end."""

    def __init__(self, registry):
        super().__init__(daemon=True)
        self.registry = registry
        self.end = threading.Event()
        self.failures = []

    def run(self):
        for ip, port in FLEET:
            self.registry.register("fleet", ip, port)
        while not self.end.is_set():
            start = time.monotonic()
            for ip, port in FLEET:
                try:
                    self.registry.beat("fleet", ip, port)
                except (OSError, lib.Failure) as problem:
                    self.failures.append(problem)
            self.end.wait(max(0, 5 - (time.monotonic() - start)))


def healthy(registry):
    return sum(host["healthy"] for host in registry.instances("fleet"))


def library():
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    expect(found, "libfaketime is not installed (apt-get install faketime)")
    return str(found[0])


def wall_clock_steps(program, options):
    """R11: steps of the wall clock cause no expiry, and lastRefTime never goes back."""
    with tempfile.NamedTemporaryFile("w", suffix=".step") as step:
        step.write("+0\n")
        step.flush()
        os.environ.update(
            LD_PRELOAD=library(), FAKETIME_TIMESTAMP_FILE=step.name, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1")
        try:
            server = lib.Server(program, "--memory")
        finally:
            for name in ("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC"):
                del os.environ[name]
        with server:
            registry = common.Registry(server)
            fleet = Fleet(registry)
            fleet.start()
            lib.wait_until("the fleet", lambda: healthy(registry) == len(FLEET))
            last = 0
            for change in ("+3600", "-3600", "+315360000", "+0", "+16"):
                Path(step.name).write_text(change + "\n")
                    # Long enough for two rounds of beats, and for whoever counts by the wall clock to go wrong.
                end = time.monotonic() + 4
                while time.monotonic() < end:
                    answer = registry.list("fleet")
                    expect(len(answer["hosts"]) == len(FLEET), f"{change}: {len(answer['hosts'])} instances are left")
                    sick = [host["ip"] for host in answer["hosts"] if not host["healthy"]]
                    expect(not sick, f"{change}: {len(sick)} instances are called unhealthy")
                    expect(answer["lastRefTime"] >= last, f"{change}: lastRefTime went back by {last - answer['lastRefTime']} ms")
                    last = answer["lastRefTime"]
                    registry.register("other", "10.2.0.1", 80, weight=1 + time.monotonic() % 1)
                    time.sleep(0.2)
            fleet.end.set()
            expect(not fleet.failures, f"beats failed: {fleet.failures[:2]}")


def server_stands_still(program, options):
    """R12: beats that were missed while the server itself stood still are forgiven for one timeout."""
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        for ip, port in FLEET:
            registry.register("fleet", ip, port)
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(20)
        server.process.send_signal(signal.SIGCONT)
        sick = len(FLEET) - healthy(registry)
        expect(sick == 0, f"{sick} instances are called unhealthy at once")
        # Who comes back within its timeout was never away; who does not is found out.
        for ip, port in FLEET[:-1]:
            registry.beat("fleet", ip, port)
        lib.wait_until("the silent one to be found out", lambda: healthy(registry) == len(FLEET) - 1 or refresh(registry), 25, 1)


def refresh(registry):
    for ip, port in FLEET[:-1]:
        registry.beat("fleet", ip, port)
    return False


if __name__ == "__main__":
    common.main(
        __doc__.splitlines()[0],
        {"R11 steps of the wall clock": wall_clock_steps, "R12 the server stands still for 20 s": server_stands_still})
