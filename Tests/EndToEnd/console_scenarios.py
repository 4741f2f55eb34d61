#!/usr/bin/env python3
"""Drives the console through pseudo terminals as a person does: a real client's service is found, its instances are
edited by keys, and what the client reads over HTTP afterwards is compared.

    console_scenarios.py [--muster PATH] [--keep-going]

Every scenario runs on three terminals of three sizes, over a registry inside the console and over another process'.
"""
import argparse
import contextlib
import os
import shlex
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import console
import lib
from lib import expect, wait_until

HOLDER = Path(__file__).resolve().parent / "drivers" / "holder.py"
SDK = ("nacos-sdk-python==0.1.17", ["nacos-sdk-python==0.1.17"])
TERMINALS = [("xterm-256color", 100, 30), ("linux", 80, 24), ("vt100", 40, 10)]
SERVICE = "orders"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def client(address, count=3):
    """A process of nacos-sdk-python that holds `count` instances alive."""
    python = lib.environment(SDK[0].replace("==", "-"), SDK[1])
    process = subprocess.Popen(
        [str(python), str(HOLDER), address, SERVICE, str(count)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "NO_PROXY": "127.0.0.1,localhost"})
    try:
        expect(process.stdout.readline().strip() == "registered", "the client could not register")
        yield
    finally:
        process.stdin.close()
        process.wait(15)


def hosts(url):
    _, answer = lib.request(url + "/nacos/v1/ns/instance/list", serviceName=SERVICE)
    return {host["ip"]: host for host in answer["hosts"]}


class Scenario:
    """One console on one terminal, started from a shell so that it can be suspended."""

    def __init__(self, program, words, url, term, columns, rows):
        self.home = tempfile.TemporaryDirectory()
        self.url = url
        self.columns, self.rows = columns, rows
        environment = {"HOME": self.home.name, "XDG_STATE_HOME": self.home.name, "XDG_CONFIG_HOME": self.home.name}
        self.screen = console.Screen.shell(columns=columns, rows=rows, term=term, environment=environment)
        self.screen.keys(" ".join(shlex.quote(str(word)) for word in [program, *words]) + "\r")

    def close(self):
        self.screen.close()
        self.home.cleanup()

    def run(self):
        address = self.url.removeprefix("http://")
        self.screen.wait_for("the console", lambda screen: "ns:" in screen.rows()[0])
        wait_until("the registry", self.is_up)
        with client(address):
            self.finds_the_service()
            self.edits_a_weight()
            self.writes_a_note()
            self.takes_one_out()
            self.deregisters_one()
            self.resizes()
            self.is_suspended()
        self.quits()

    def is_up(self):
        try:
            return lib.request(self.url + "/nacos/v1/console/health/liveness")[0] == 200
        except OSError:
            return False

    def finds_the_service(self):
        registered = time.monotonic()
        self.type(":svc\r")
        self.screen.wait(SERVICE)
        expect(time.monotonic() - registered < 5, "the service was not seen")
        self.type("\r")
        self.screen.wait("10.77.0.1")

    def type(self, *keys):
        """One key after another, as fingers do it: what comes all at once is taken for a paste, which acts on nothing."""
        for key in keys:
            for piece in [key] if key.startswith("<") else key:
                self.screen.keys(piece)
                # What follows an Escape closely is an Alt key, and a busy machine makes it closer.
                time.sleep(0.4 if piece == "<Escape>" else 0.03)

    def select(self, ip):
        """Puts the cursor on an instance: the only one that a filter leaves."""
        self.type(f"/ip:{ip}/32\r")
        self.screen.wait_for(f"{ip} alone", lambda screen: ip in screen.text() and len(self.shown()) == 1)
        self.screen.wait_quiet()

    def opened(self, text):
        """A dialog, or a button that got the focus, takes no Enter in its first moment: a finger may still be on a key."""
        self.screen.wait(text)
        self.screen.wait_quiet(0.5)

    def shown(self):
        return {f"10.77.0.{number}" for number in (1, 2, 3) if f"10.77.0.{number} " in self.screen.text() + " "}

    def unfilter(self):
        self.type("<Escape>")
        self.screen.wait_quiet()

    def edits_a_weight(self):
        self.select("10.77.0.1")
        self.type("w")
        self.opened("now 1")
        self.type("0.5\r")
        wait_until("weight 0.5 over HTTP", lambda: hosts(self.url)["10.77.0.1"]["weight"] == 0.5)
        self.screen.wait_quiet()

    def writes_a_note(self):
        self.type("M")
        self.opened("Note on")
        self.type("disk swap\r")
        self.screen.wait_quiet()
        self.type("d")
        self.screen.wait_for("the description", lambda screen: "registered" in screen.text() or "address" in screen.text())
        self.type("G")
        self.screen.wait("disk swap")
        self.type("<Escape>")
        self.screen.wait_quiet()
        self.unfilter()

    def takes_one_out(self):
        self.select("10.77.0.2")
        self.type("o")
        self.opened("Take out")
        self.type("\r")
        wait_until("one instance less", lambda: "10.77.0.2" not in hosts(self.url))
        self.screen.wait_quiet()
        self.unfilter()

    def deregisters_one(self):
        self.select("10.77.0.3")
        self.type("<Ctrl-D>")
        self.opened("[ Cancel")
        self.type("\r")
        self.screen.wait_quiet()
        expect("10.77.0.3" in hosts(self.url), "Enter on a fresh dialog deregistered")
        self.type("<Ctrl-D>")
        self.opened("Deregister")
        for _ in range(4):
            if "[ Deregister" in self.screen.text():  # The button that has the focus is the one in brackets.
                break
            self.type("<Tab>")
            self.screen.wait_quiet(0.3)
        self.opened("[ Deregister")
        self.type("\r")
        wait_until("the instance gone", lambda: "10.77.0.3" not in hosts(self.url))
        self.screen.wait_quiet()
        self.unfilter()

    def resizes(self):
        self.screen.resize(60, 14)
        self.screen.wait("10.77.0.1")
        self.screen.wait_quiet()
        expect(all(len(row) <= 60 for row in self.screen.rows()), "a row is wider than the screen")
        self.screen.resize(self.columns, self.rows)
        self.screen.wait("10.77.0.1")
        self.screen.wait_quiet()

    def is_suspended(self):
        self.screen.wait_quiet(0.5)
        self.type("<Ctrl-Z>")
        self.screen.wait("Stopped", 20)
        self.type("fg\r")
        self.screen.wait_for("the console again", lambda screen: "ns:" in screen.rows()[0] and "10.77.0.1" in screen.text())

    def quits(self):
        self.type("<Ctrl-C>")
        self.screen.wait("ready>")
        self.screen.expect_restored()


def embedded(program, term, columns, rows):
    def run():
        port = free_port()
        words = ["--memory", "--listen", f"127.0.0.1:{port}"]
        with contextlib.closing(Scenario(program, words, f"http://127.0.0.1:{port}", term, columns, rows)) as scenario:
            attempt(scenario)
    return run


def remote(program, term, columns, rows):
    def run():
        with lib.Server(program, "--memory") as server:
            words = ["--server", server.url]
            with contextlib.closing(Scenario(program, words, server.url, term, columns, rows)) as scenario:
                attempt(scenario)
    return run


def attempt(scenario):
    try:
        scenario.run()
    except Exception:
        print(scenario.screen.picture(), flush=True)
        raise


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lib.add_program_option(arguments)
    arguments.add_argument("--match", default="", help="only scenarios whose name contains this")
    options = arguments.parse_args()
    program = lib.find_program(options.muster)
    console.ensure_pyte()
    report = lib.Report()
    for kind, make in (("embedded", embedded), ("remote", remote)):
        for term, columns, rows in TERMINALS:
            name = f"{kind}, {term} {columns}x{rows}"
            if options.match in name:
                report.step(name, make(program, term, columns, rows))
    report.exit()


if __name__ == "__main__":
    main()
