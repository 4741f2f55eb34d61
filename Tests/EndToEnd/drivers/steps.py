"""What the client drivers share. Each prints a line a step: `ok NAME`, or `FAIL NAME`, a tab and why."""
import multiprocessing
import os
import sys
import time


class Failed(Exception):
    pass


def expect(condition, text):
    if not condition:
        raise Failed(text)


def wait_until(what, condition, seconds=15.0):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        expect(time.monotonic() < end, f"still waiting for {what} after {seconds:g} s")
        time.sleep(0.1)


class Steps:
    def __init__(self):
        self.failed = 0

    def run(self, name, action):
        try:
            action()
        except Exception as problem:
            self.failed += 1
            text = " ".join(f"{type(problem).__name__}: {problem}".split())
            print(f"FAIL {name}\t{text}", flush=True)
        else:
            print(f"ok {name}", flush=True)

    def exit(self):
        """Ends at once: a client's timer that re-arms itself while it is stopped would keep the process alive, and the
        processes that poll for it would keep our output open."""
        sys.stdout.flush()
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1 if self.failed else 0)


def by_address(hosts):
    """Hosts of a list, by (cluster, ip, port)."""
    return {(host["clusterName"], host["ip"], host["port"]): host for host in hosts}
