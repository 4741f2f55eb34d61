#!/usr/bin/env python3
"""The command line from outside: what goes to which stream, and the exit codes 0, 1 and 2.

    commandline.py [--muster PATH]
"""
import argparse
import re
import subprocess

import lib
from lib import expect


class CommandLine:
    def __init__(self, program):
        self.program = program

    def run(self, *arguments, environment=None, stdout=subprocess.PIPE):
        return subprocess.run(
            [self.program, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=20,
            env=environment)

    def expect_usage(self, words, *arguments, environment=None):
        done = self.run(*arguments, environment=environment)
        expect(done.returncode == 2, f"exit code {done.returncode} for {arguments}")
        expect(done.stdout == "", f"on standard output: {done.stdout!r}")
        expect(words in done.stderr, f"{words!r} is not in {done.stderr!r}")
        expect("muster --help" in done.stderr, f"no way out in {done.stderr!r}")

    def version(self):
        done = self.run("--version")
        expect(done.returncode == 0 and done.stderr == "", f"{done}")
        expect(re.fullmatch(r"muster \d+\.\d+\.\d+\n", done.stdout), f"{done.stdout!r}")

    def help(self):
        for arguments in (["--help"], ["-h"], ["serve", "--help"]):
            done = self.run(*arguments)
            expect(done.returncode == 0 and done.stderr == "", f"{done}")
            expect("--listen HOST:PORT" in done.stdout, f"{done.stdout!r}")

    def mistakes(self):
        self.expect_usage("did you mean '--memory'?", "--memroy")
        self.expect_usage("did you mean 'serve'?", "sevre")
        self.expect_usage("exclude each other", "--server", "http://127.0.0.1:1", "--demo")
        self.expect_usage("not an address", "serve", "--listen", "127.0.0.1:99999")
        self.expect_usage("--insecure-no-auth", "serve", "--listen", "0.0.0.0:0", "--memory")
        self.expect_usage("give --data DIR or --memory", "serve", environment={})

    def full_disk(self):
        with open("/dev/full", "w") as full:
            done = self.run("--help", stdout=full)
        expect(done.returncode == 1, f"exit code {done.returncode} when the help could not be written")


def main():
    parser = argparse.ArgumentParser(description="the command line from outside")
    lib.add_program_option(parser)
    options = parser.parse_args()
    line = CommandLine(lib.find_program(options.muster))
    report = lib.Report()
    report.step("tells its version", line.version)
    report.step("helps", line.help)
    report.step("explains mistakes", line.mistakes)
    report.step("says by its exit code that it could not write", line.full_disk)
    report.exit()


if __name__ == "__main__":
    main()
