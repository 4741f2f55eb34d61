#!/usr/bin/env python3
"""Kills the server while it is written to, and looks for what it had answered (reliability R01, R06, R09, R10).

    durability.py [--muster PATH] [--kills N]
"""
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import common
import lib
from lib import expect


class Writer(threading.Thread):
    """Registers one persistent instance after the other until the server is gone."""

    def __init__(self, registry, run):
        super().__init__(daemon=True)
        self.registry = registry
        self.run_number = run
        self.answered = []
        self.tried = None

    def run(self):
        number = 0
        while True:
            number += 1
            ip = f"10.{self.run_number // 250}.{self.run_number % 250}.{number % 250 + 1}"
            self.tried = (ip, 1000 + number)
            try:
                status, _ = self.registry.call(
                    "POST", "/instance", serviceName="kept", ip=ip, port=1000 + number, ephemeral="false",
                    metadata='{"number":"%d"}' % number)
            except OSError:
                return
            if status == 200:
                self.answered.append(self.tried)


def kill_while_writing(program, options):
    """R01: everything that was answered is there after a kill, and at most the one that was under way besides."""
    seed = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        kept = set()
        for run in range(options.kills):
            server = lib.Server(program, "--data", folder)
            registry = common.Registry(server)
            there = {(host["ip"], host["port"]) for host in registry.instances("kept")}
            check(there, kept, run)
            kept = there
            writer = Writer(registry, run)
            writer.start()
            time.sleep(seed.uniform(0.0, 0.15))
            server.process.send_signal(signal.SIGKILL)
            server.process.communicate()
            writer.join()
            kept = Kept(kept | set(writer.answered), writer.tried)
        with lib.Server(program, "--data", folder) as server:
            hosts = common.Registry(server).instances("kept")
            check({(host["ip"], host["port"]) for host in hosts}, kept, options.kills)
            broken = [host for host in hosts if host["metadata"].get("number") != str(host["port"] - 1000)]
            expect(not broken, f"written by halves: {broken[:3]}")
        print(f"      {options.kills} kills, {len(hosts)} instances answered and kept", flush=True)


class Kept(set):
    """What was answered, and the one instance that may or may not have been kept."""

    def __init__(self, answered, under_way):
        super().__init__(answered)
        self.under_way = under_way


def check(there, kept, run):
    lost = set(kept) - there
    expect(not lost, f"run {run}: answered and lost: {sorted(lost)[:5]}")
    extra = there - set(kept) - {getattr(kept, "under_way", None)}
    expect(not extra, f"run {run}: never answered and there: {sorted(extra)[:5]}")


def bad_folders(program, options):
    """R06: a folder that cannot be used is refused at once, in one line."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "file")
        file.write_text("")
        expect_refusal(program, file)
        expect_refusal(program, Path("/proc/none"))


def second_process(program, options):
    """A folder belongs to one process, and to one user."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        with lib.Server(program, "--data", str(data)):
            expect(os.stat(data).st_mode & 0o777 == 0o700, f"mode {os.stat(data).st_mode:o}")
            expect_refusal(program, data)


def newer_format(program, options):
    """R09: a file of a format that is not known yet is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        lib.Server(program, "--data", folder).stop()
        [file] = [path for path in Path(folder).iterdir() if path.suffix in (".db", ".sqlite", ".sqlite3")]
        database = sqlite3.connect(file)
        database.execute("PRAGMA user_version = 9999")
        database.commit()
        database.close()
        before = file.read_bytes()
        expect_refusal(program, folder, "newer")
        expect(file.read_bytes() == before, "the file was changed")


def expect_refusal(program, folder, *words):
    done = subprocess.run(
        [program, "serve", "--listen", "127.0.0.1:0", "--data", str(folder)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10)
    expect(done.returncode == 1, f"exit code {done.returncode} with {folder}")
    expect(done.stdout == "", f"on standard output: {done.stdout!r}")
    lines = [line for line in done.stderr.splitlines() if line]
    expect(len(lines) == 1, f"not one line: {done.stderr!r}")
    expect(str(folder) in lines[0], f"does not name the folder: {lines[0]!r}")
    for word in words:
        expect(word in lines[0], f"{word!r} is not in {lines[0]!r}")


def ends_with_connections(program, options):
    """R10: SIGTERM ends it within two seconds though clients hold connections, with nothing lost."""
    with tempfile.TemporaryDirectory() as folder:
        server = lib.Server(program, "--data", folder)
        registry = common.Registry(server)
        idle = [registry.connect() for _ in range(50)]
        registry.register("kept", "10.0.0.1", 80, ephemeral="false")
        server.stop(seconds=2)
        for connection in idle:
            connection.close()
        with lib.Server(program, "--data", folder) as server:
            expect(len(common.Registry(server).instances("kept")) == 1, "lost at a clean end")


def add_options(parser):
    parser.add_argument("--kills", type=int, default=50, help="runs of R01 (default 50; 500 before a release)")


if __name__ == "__main__":
    common.main(
        __doc__.splitlines()[0],
        {
            "R01 kill -9 while instances register": kill_while_writing,
            "R06 folders that cannot be used": bad_folders,
            "R09 a file of a newer format": newer_format,
            "R10 SIGTERM with connections open": ends_with_connections,
            "the data folder is one process' own": second_process,
        }, add_options)
