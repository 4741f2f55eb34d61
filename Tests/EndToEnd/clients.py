#!/usr/bin/env python3
"""Drives `muster serve` with the clients that applications use, as they come from PyPI.

    clients.py [--muster PATH] [--url http://HOST:PORT] [--seconds 40]

The clients cannot live in one interpreter (two of them are the same package), so each has an environment of its own
under .build-e2e, or under $MUSTER_E2E_CACHE. They run side by side: the 40 s of beats are spent once.
"""
import argparse
import os
import subprocess
import threading
from pathlib import Path

import lib

DRIVERS = Path(__file__).resolve().parent / "drivers"

CLIENTS = [
    ("nacos-sdk-python 0.1.14", ["nacos-sdk-python==0.1.14"], "nacos_sdk.py"),
    ("nacos-sdk-python 0.1.17", ["nacos-sdk-python==0.1.17"], "nacos_sdk.py"),
    # It needs PyYAML and does not say so.
    ("use-nacos 0.1.6", ["use-nacos==0.1.6", "httpx==0.28.1", "PyYAML==6.0.2"], "use_nacos_client.py"),
]


def drive(name, requirements, driver, url, seconds, report):
    """Runs one client's driver and takes over its steps."""
    steps = 0
    try:
        python = lib.environment(requirements[0].replace("==", "-"), requirements)
        process = subprocess.Popen(
            [str(python), str(DRIVERS / driver), url, str(seconds)], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "NO_PROXY": "127.0.0.1,localhost"})
        # A driver that hangs must not hang the run.
        watchdog = threading.Timer(seconds + 90, process.kill)
        watchdog.start()
        errors = []
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
        reader.start()
        for line in process.stdout:
            verdict, _, rest = line.rstrip("\n").partition(" ")
            step, _, problem = rest.partition("\t")
            if verdict not in ("ok", "FAIL"):
                continue
            steps += 1
            report.record(f"{name}: {step}", problem if verdict == "FAIL" else None)
        code = process.wait()
        watchdog.cancel()
        reader.join()
        if code not in (0, 1) or not steps:
            report.record(f"{name}: runs to its end", f"exit code {code}\n{''.join(errors)[-2000:]}")
    except Exception as problem:
        report.record(f"{name}: is driven", f"{type(problem).__name__}: {problem}")


def main():
    parser = argparse.ArgumentParser(description="real clients against muster serve")
    lib.add_program_option(parser)
    parser.add_argument("--url", help="a server that runs already, instead of one of our own")
    parser.add_argument("--seconds", type=float, default=40, help="how long to beat (default 40)")
    options = parser.parse_args()
    report = lib.Report()
    server = None
    if not options.url:
        server = lib.Server(lib.find_program(options.muster))
    url = options.url or server.url
    threads = [
        threading.Thread(target=drive, args=(*client, url, options.seconds, report))
        for client in CLIENTS
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if server:
        report.step("the server ends cleanly on SIGTERM", server.stop)
    report.exit()


if __name__ == "__main__":
    main()
