"""What the end-to-end scripts share: the server under test, virtual environments, waiting, and counting.

Python 3.11 standard library only. Scripts find the program by `--muster PATH`, else by $MUSTER, else in .build.
"""
import argparse
import hashlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
READY = re.compile(r"muster ready (https?://\S+:\d+)")


class Failure(Exception):
    """A step that did not end as it should."""


# -- Waiting ---------------------------------------------------------------------------------------------------------


def wait_until(what, condition, seconds=10.0, pause=0.02):
    """Waits until `condition` gives something true, and gives that back. The bound only ends what has already failed."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"still waiting for {what} after {seconds:g} s")
        time.sleep(pause)


def expect(condition, text):
    if not condition:
        raise Failure(text)


# -- Counting --------------------------------------------------------------------------------------------------------


class Report:
    """One line a step, and `N passed, N failed` at the end. Steps of several threads may come at once."""

    def __init__(self):
        self._lock = threading.Lock()
        self.passed = 0
        self.failed = 0

    def record(self, step, problem=None):
        with self._lock:
            if problem is None:
                self.passed += 1
                print(f"ok    {step}", flush=True)
            else:
                self.failed += 1
                print(f"FAIL  {step}: {problem}", flush=True)

    def step(self, name, action):
        """Runs `action` and records how it went; whether it went well."""
        try:
            action()
        except Exception as problem:
            self.record(name, f"{type(problem).__name__}: {problem}")
            return False
        self.record(name)
        return True

    def exit(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or not self.passed else 0)


# -- The program under test ------------------------------------------------------------------------------------------


def add_program_option(parser: argparse.ArgumentParser):
    parser.add_argument("--muster", help="the program to test (default: $MUSTER, else the newest in .build)")


def find_program(given=None):
    if given or os.environ.get("MUSTER"):
        path = Path(given or os.environ["MUSTER"]).resolve()
        if not os.access(path, os.X_OK):
            sys.exit(f"{path} is no program")
        return path
    built = [path for kind in ("release", "debug") if (path := REPOSITORY / ".build" / kind / "muster").exists()]
    if not built:
        sys.exit("no program to test: run `swift build` first, or give --muster PATH")
    return max(built, key=lambda path: path.stat().st_mtime)


class Server:
    """`muster serve` on a port of its own, keeping nothing unless told otherwise."""

    def __init__(self, program, *options, listen="127.0.0.1:0", seconds=10):
        options = options or ("--memory",)
        self.command = [str(program), "serve", "--listen", listen, *options]
        self._log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=self._log, stdin=subprocess.DEVNULL)
        try:
            self.url = self._wait_until_ready(seconds)
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        self.address = self.url.removeprefix("http://")

    def _wait_until_ready(self, seconds):
        line = b""
        end = time.monotonic() + seconds
        descriptor = self.process.stdout.fileno()
        while not line.endswith(b"\n"):
            readable, _, _ = select.select([descriptor], [], [], max(0, end - time.monotonic()))
            piece = os.read(descriptor, 1) if readable else b""
            if not piece:
                raise Failure(f"{' '.join(self.command)} did not say that it is ready, but {line!r}\n{self.log()}")
            line += piece
        match = READY.fullmatch(line.decode().rstrip("\n"))
        if not match:
            raise Failure(f"instead of 'muster ready http://HOST:PORT' it said {line!r}")
        return match.group(1)

    def log(self):
        """The end of what it wrote to standard error."""
        self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - 4000))
        return self._log.read().decode(errors="replace")

    def stop(self, by=signal.SIGTERM, seconds=5):
        """Asks it to end and checks that it does so cleanly, having written nothing but its one line."""
        if self.process.poll() is not None:
            raise Failure(f"the server had ended by itself with {self.process.returncode}\n{self.log()}")
        self.process.send_signal(by)
        try:
            rest, _ = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise Failure(f"the server did not end within {seconds} s of {by.name}\n{self.log()}")
        expect(self.process.returncode == 0, f"exit code {self.process.returncode} after {by.name}\n{self.log()}")
        expect(rest == b"", f"more than one line on standard output: {rest[:200]!r}")

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def request(url, method="GET", seconds=5, headers=None, **parameters):
    """A plain API call with its parameters in the query; status and body, parsed where it is JSON."""
    if parameters:
        url += "?" + urllib.parse.urlencode(parameters)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, method=method, headers=headers or {}), timeout=seconds) as answer:
            status, body = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read().decode()
    try:
        return status, json.loads(body)
    except ValueError:
        return status, body


# -- Virtual environments --------------------------------------------------------------------------------------------


def cache_folder():
    return Path(os.environ.get("MUSTER_E2E_CACHE") or REPOSITORY / ".build-e2e")


def environment(name, requirements):
    """The interpreter of a virtual environment that holds exactly `requirements`; made on first use."""
    wanted = "\n".join(requirements)
    digest = hashlib.sha256((wanted + sys.version).encode()).hexdigest()[:12]
    folder = cache_folder() / f"{name}-{digest}"
    python = folder / "bin" / "python"
    complete = folder / "requirements.txt"
    if complete.exists() and python.exists():
        return python
    # What an interrupted run left behind.
    shutil.rmtree(folder, ignore_errors=True)
    run_quietly([sys.executable, "-m", "venv", folder])
    run_quietly([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *requirements])
    complete.write_text(wanted)
    return python


def run_quietly(command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Failure(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}")


def run_in_environment(name, requirements, module):
    """Goes on in an interpreter that has `module`: this one, or that of an environment of our own."""
    try:
        __import__(module)
    except ImportError:
        python = environment(name, requirements)
        os.execv(python, [str(python), *sys.argv])
