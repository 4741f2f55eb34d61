#!/usr/bin/env python3
"""Proves the console driver on programs that every Debian has, so that a scenario that fails says something of Muster."""
import shutil
import sys

import console
import lib
from lib import Failure, expect

console.ensure_pyte()


def reads_a_full_screen_program():
    with console.Screen(["top", "-d", "60"], columns=100, rows=24) as screen:
        screen.wait("load average")
        screen.wait("PID")
        row, column = screen.find("PID")
        expect(screen.cell(row, column).data == "P", "the cell found is another one")
        screen.keys("h")
        screen.wait("Help for Interactive Commands")
        screen.keys("<Escape>")
        screen.wait("load average")
        screen.keys("q")
        expect(screen.wait_exit() == 0, "top did not end well")
        screen.expect_restored()


def resizes():
    with console.Screen(["top", "-d", "60"], columns=100, rows=30) as screen:
        screen.wait("load average")
        screen.resize(60, 10)
        screen.wait_quiet()
        screen.wait("PID")
        expect(len(screen.rows()) == 10 and screen.size == (60, 10), "the screen has another size")
        screen.keys("q")
        expect(screen.wait_exit() == 0, "top did not end well")


def suspends_and_goes_on():
    with console.Screen.shell(columns=90, rows=24) as screen:
        screen.keys("top -d 60<Enter>")
        screen.wait("load average")
        screen.keys("<Ctrl-Z>")
        screen.wait("Stopped")
        screen.expect_restored()
        screen.keys("fg<Enter>")
        screen.wait("load average")
        screen.keys("q")
        screen.wait_gone("load average")
        screen.keys("exit<Enter>")
        screen.wait_exit()


def tells_what_was_left_behind():
    """A canary: a program that restores nothing has to be caught."""
    script = r"printf '\033[?1049h\033[?1000h\033[?25l'; stty raw -echo; echo done"
    with console.Screen(["sh", "-c", script]) as screen:
        screen.wait_exit()
        left = "; ".join(screen.leftovers())
        for words in ("alternate screen", "mouse", "local modes", "cursor is hidden"):
            expect(words in left, f"'{words}' was not told: {left}")
        try:
            screen.expect_restored()
        except Failure:
            return
        raise Failure("nothing was missed")


def measures_wide_characters():
    with console.Screen(["printf", "a注册b"], columns=20, rows=4) as screen:
        screen.wait("a注册b")
        expect(screen.find("b") == (0, 5), f"b stands at {screen.find('b')}")


def knows_keys_by_terminal():
    for term, expected in (("xterm-256color", b"\x1bOA"), ("linux", b"\x1b[A"), ("vt100", b"\x1bOA")):
        with console.Screen(["cat", "-v"], term=term) as screen:
            expect(screen._key("Up") == expected, f"<Up> of a {term} is {screen._key('Up')}")
            screen.keys("x<lt>y<Enter>")
            screen.wait("x<y")


def hears_of_the_terminal_s_end():
    with console.Screen(["sleep", "60"]) as screen:
        screen.hang_up()
        code = screen.process.wait(5)
        expect(code == -1, f"ended with {code}, not by SIGHUP")


def main():
    report = lib.Report()
    if not shutil.which("top"):
        sys.exit("these checks need top (Debian package procps)")
    report.step("reads a full-screen program and its keys work", reads_a_full_screen_program)
    report.step("resizes it", resizes)
    report.step("suspends it under a shell and goes on", suspends_and_goes_on)
    report.step("tells what a program left behind", tells_what_was_left_behind)
    report.step("measures wide characters", measures_wide_characters)
    report.step("knows keys by terminal", knows_keys_by_terminal)
    report.step("ends it by closing the terminal", hears_of_the_terminal_s_end)
    report.exit()


if __name__ == "__main__":
    main()
