#!/usr/bin/env python3
"""Runs every end-to-end check against one built program.

    run.py [PROGRAM]

The recorded answers of a Nacos 1.4.8 lie beside a maintainer's checkout (../shared/conformance); where they do not,
that check says so and the others run.
"""
import subprocess
import sys
from pathlib import Path

import lib

HERE = Path(__file__).resolve().parent
CONFORMANCE = lib.REPOSITORY.parent / "shared" / "conformance"
CASES = ["instance", "beat", "service", "push", "errors", "form", "health", "operator", "console", "config"]

EXPERIMENTS = ["badinput", "hostile", "datagrams", "durability", "clock"]


def script(name, program, *options):
    def run():
        command = [sys.executable, str(HERE / name), "--muster", program, *options]
        lib.expect(subprocess.run(command).returncode == 0, f"{name} failed; its steps stand above")
    return run


def conformance(program):
    def run():
        if not CONFORMANCE.is_dir():
            print("      no recordings beside this checkout: not compared", flush=True)
            return
        with lib.Server(program, "--memory") as server:
            command = [
                sys.executable, str(CONFORMANCE / "replay.py"), "--url", server.url,
                "--golden", str(CONFORMANCE / "golden" / "nacos-1.4.8.json"),
                *[str(CONFORMANCE / "cases" / f"{case}.case") for case in CASES]]
            lib.expect(subprocess.run(command).returncode == 0, "some answers are not as recorded")
    return run


def main():
    program = str(Path(lib.find_program(sys.argv[1] if len(sys.argv) > 1 else None)).resolve())
    report = lib.Report()
    report.step("the command line", script("commandline.py", program))
    report.step("answers as recorded", conformance(program))
    report.step("authentication and TLS", script("access.py", program))
    report.step("clients from PyPI", script("clients.py", program))
    report.step("the console on terminals", script("console_scenarios.py", program))
    for name in EXPERIMENTS:
        report.step(f"experiments: {name}", script(f"experiments/{name}.py", program))
    report.exit()


if __name__ == "__main__":
    main()
