"""Drives a full-screen program through a pseudo terminal and reads its screen.

    with Screen([program, "--memory"], columns=100, rows=30, term="xterm-256color") as screen:
        screen.wait("instances")
        screen.keys("<Down>", "<Enter>", "w", "0.5")
        screen.resize(40, 10)
        screen.keys("q")
        expect(screen.wait_exit() == 0, "…")
        screen.expect_restored()

A program that is to be suspended needs a shell above it, as only a job can be: `Screen.shell(...)`.

Needs pyte, which is not in the standard library: a script begins with `console.ensure_pyte()`.
"""
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time

import lib
from lib import Failure

PYTE = ["pyte==0.8.2", "wcwidth==0.2.13"]

# The last entries of `termios.tcgetattr`.
TERMIOS_FIELDS = ["input modes", "output modes", "control modes", "local modes", "input speed", "output speed", "characters"]

# Private modes that a program has to take back: cursor keys, mouse in its kinds, focus, alternate screens, bracketed paste.
BORROWED_MODES = {1: "application cursor keys", 9: "mouse", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus events",
                  1005: "mouse", 1006: "mouse", 1015: "mouse", 47: "alternate screen", 1047: "alternate screen",
                  1049: "alternate screen", 2004: "bracketed paste"}

# Keys by the name of their terminfo capability.
CAPABILITIES = {"Up": "kcuu1", "Down": "kcud1", "Left": "kcub1", "Right": "kcuf1", "Home": "khome", "End": "kend",
                "PageUp": "kpp", "PageDown": "knp", "Insert": "kich1", "Delete": "kdch1", "BackTab": "kcbt",
                **{f"F{number}": f"kf{number}" for number in range(1, 13)}}

PLAIN_KEYS = {"Enter": b"\r", "Tab": b"\t", "Escape": b"\x1b", "Space": b" ", "Backspace": b"\x7f", "Ctrl-Space": b"\0",
              "lt": b"<"}


def ensure_pyte():
    lib.run_in_environment("console", PYTE, "pyte")


class Screen:
    """One program on one pseudo terminal. A thread reads whatever the program writes, so that it never has to wait."""

    def __init__(self, command, columns=100, rows=30, term="xterm-256color", environment=None, directory=None):
        import pyte

        self.term = term
        self._master, self._slave = os.openpty()
        self._set_size(columns, rows)
        self._screen = _answering_screen(pyte, columns, rows, self._write)
        self._stream = _stream(pyte, self._screen)
        self._changed = threading.Condition()
        self._transcript = bytearray()
        self._last_output = time.monotonic()
        self._keys = {}
        self._note_state()

        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=self._slave, stdout=self._slave, stderr=self._slave, cwd=directory,
            env={**inherited, "TERM": term, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(environment or {})},
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @classmethod
    def shell(cls, *arguments, prompt="ready>", **options):
        """An interactive shell, to start programs from as a person does: with jobs that can be suspended."""
        environment = {"PS1": prompt, "HISTFILE": "", **options.pop("environment", {})}
        screen = cls(["bash", "--norc", "--noprofile", "-i", *arguments], environment=environment, **options)
        screen.wait(prompt)
        screen.wait_quiet()
        screen._note_state()
        return screen

    def _note_state(self):
        """What the terminal is to be like again afterwards: a shell's line editor has settings and modes of its own."""
        self._settings_before = termios.tcgetattr(self._slave)
        with self._changed:
            self._modes_before = set(self._screen.mode)

    # -- What the program writes

    def _read(self):
        # The slave stays open on our side, so the end of the program is not seen here but by `wait_exit`.
        while True:
            try:
                readable, _, _ = select.select([self._master], [], [], 0.2)
                data = os.read(self._master, 65536) if readable else None
            except (OSError, ValueError):
                return
            if data is None:
                continue
            if not data:
                return
            with self._changed:
                self._stream.feed(data)
                self._transcript += data
                self._last_output = time.monotonic()
                self._changed.notify_all()

    @property
    def written(self):
        """How many bytes the program has written so far."""
        with self._changed:
            return len(self._transcript)

    def transcript(self, start=0):
        """The bytes themselves, from `start` on."""
        with self._changed:
            return bytes(self._transcript[start:])

    def rows(self):
        """The screen's lines, without the blanks at their ends; a wide character is one character."""
        with self._changed:
            return [line.rstrip() for line in self._screen.display]

    def text(self):
        return "\n".join(self.rows())

    def row(self, number):
        return self.rows()[number]

    def find(self, text):
        """Row and column of the first place of `text`, or None. Columns are cells of the terminal."""
        with self._changed:
            for y in range(self._screen.lines):
                cells = [self._screen.buffer[y][x].data for x in range(self._screen.columns)]
                place = "".join(cells).find(text)
                if place >= 0:
                    return y, _column(cells, place)
        return None

    def cell(self, row, column):
        """One cell: `data`, `fg`, `bg`, `bold`, `reverse`, `underscore`."""
        with self._changed:
            return self._screen.buffer[row][column]

    @property
    def cursor(self):
        """Row and column, or None where it is hidden."""
        with self._changed:
            cursor = self._screen.cursor
            return None if cursor.hidden else (cursor.y, cursor.x)

    @property
    def size(self):
        return self._screen.columns, self._screen.lines

    # -- Waiting

    def wait_for(self, what, condition, seconds=10.0):
        """Waits until `condition`, a function of this screen, gives something true; that is given back."""
        end = time.monotonic() + seconds
        while True:
            value = condition(self)
            if value:
                return value
            with self._changed:
                left = end - time.monotonic()
                if left > 0:
                    self._changed.wait(min(left, 0.1))
            if left <= 0:
                raise Failure(f"still waiting for {what} after {seconds:g} s on\n{self.picture()}")

    def wait(self, text, seconds=10.0):
        """Waits until `text`, words or a compiled pattern, stands in one line; gives that line."""
        pattern = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
        return self.wait_for(
            repr(pattern.pattern), lambda screen: next((row for row in screen.rows() if pattern.search(row)), None), seconds)

    def wait_gone(self, text, seconds=10.0):
        pattern = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
        return self.wait_for(
            f"no {pattern.pattern!r}", lambda screen: not any(pattern.search(row) for row in screen.rows()), seconds)

    def wait_quiet(self, quiet=0.15, seconds=10.0):
        """Waits until nothing was written for a while."""
        self.wait_for("silence", lambda screen: time.monotonic() - screen._last_output >= quiet, seconds)

    def wait_exit(self, seconds=5.0):
        """The exit code once the program has ended; minus the signal's number if it ended by one."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"the program had not ended after {seconds:g} s on\n{self.picture()}") from None
        self.wait_quiet()
        return code

    # -- What a person does

    def keys(self, *keys):
        """Types text, and keys by name: `<Up>`, `<Enter>`, `<F5>`, `<Ctrl-D>`, `<Alt-x>`; `<lt>` is a `<`."""
        for key in keys:
            for piece in re.findall(r"<[A-Za-z][\w-]*>|[^<]+|<", key):
                named = piece[1:-1] if len(piece) > 2 and piece.startswith("<") else None
                self._write(self._key(named) if named else piece.encode())

    def _key(self, name):
        if name in PLAIN_KEYS:
            return PLAIN_KEYS[name]
        if re.fullmatch(r"Ctrl-[A-Za-z]", name):
            return bytes([ord(name[-1].upper()) & 0x1F])
        if re.fullmatch(r"Alt-.", name):
            return b"\x1b" + name[-1].encode()
        if name not in CAPABILITIES:
            raise Failure(f"there is no key <{name}>")
        if name not in self._keys:
            done = subprocess.run(["tput", "-T", self.term, CAPABILITIES[name]], stdout=subprocess.PIPE)
            if done.returncode or not done.stdout:
                raise Failure(f"a {self.term} has no key <{name}>")
            self._keys[name] = done.stdout
        return self._keys[name]

    def click(self, row, column):
        """A click of the first mouse button, as xterm reports it in SGR mode."""
        for ending in "Mm":
            self._write(f"\x1b[<0;{column + 1};{row + 1}{ending}".encode())

    def paste(self, text):
        """Text as a terminal sends it that brackets what is pasted."""
        self._write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def resize(self, columns, rows):
        """Changes the size; the kernel tells the program."""
        with self._changed:
            self._screen.resize(rows, columns)
            self._set_size(columns, rows)

    def hang_up(self):
        """Closes the terminal under the program."""
        os.close(self._slave)
        self._slave = None
        master, self._master = self._master, -1
        os.close(master)

    def send_signal(self, number):
        self.process.send_signal(number)

    def _write(self, data):
        if isinstance(data, str):
            data = data.encode()
        while data:
            data = data[os.write(self._master, data):]

    def _set_size(self, columns, rows):
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- Afterwards

    def leftovers(self):
        """What the program has not put back, in words: terminal settings, modes, a hidden cursor."""
        left = []
        for name, before, now in zip(TERMIOS_FIELDS, self._settings_before, termios.tcgetattr(self._slave)):
            if before != now:
                left.append(f"{name} {before} became {now}")
        with self._changed:
            modes = set(self._screen.mode) - self._modes_before
            hidden = self._screen.cursor.hidden
        left += [f"{words} (mode {mode}) left on" for mode, words in BORROWED_MODES.items() if mode << 5 in modes]
        return left + (["the cursor is hidden"] if hidden else [])

    def expect_restored(self):
        """In a shell its own line editor sets the terminal up again, a moment after the program."""
        try:
            self.wait_for("the terminal as before", lambda screen: not screen.leftovers(), 2)
        except Failure:
            raise Failure("not restored: " + "; ".join(self.leftovers())) from None

    def picture(self):
        """The screen in a frame, for messages."""
        width = self._screen.columns
        edge = "+" + "-" * width + "+"
        return "\n".join([edge, *("|" + row for row in self.rows()), edge])

    def close(self):
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()
        for descriptor in (self._slave, self._master):
            if descriptor is not None and descriptor >= 0:
                os.close(descriptor)
        self._slave, self._master = None, -1
        self._reader.join(2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _answering_screen(pyte, columns, rows, write):
    """A terminal that answers when it is asked what it is or where its cursor stands."""

    class Answering(pyte.Screen):
        def write_process_input(self, data):
            write(data)

        def scroll_up(self, lines=1):
            self._scroll(self.index, last=True, lines=lines or 1)

        def scroll_down(self, lines=1):
            self._scroll(self.reverse_index, last=False, lines=lines or 1)

        def repeat(self, times=1):
            self.draw(self.last_drawn * (times or 1))

        last_drawn = " "

        def draw(self, data):
            self.last_drawn = data[-1:] or self.last_drawn
            super().draw(data)

        def _scroll(self, step, last, lines):
            place = self.cursor.y
            top, bottom = self.margins or (0, self.lines - 1)
            self.cursor.y = bottom if last else top
            for _ in range(lines):
                step()
            self.cursor.y = place

    return Answering(columns, rows)


def _stream(pyte, screen):
    """pyte's parser with what xterm has and pyte lacks: SU, SD and REP."""

    class Stream(pyte.ByteStream):
        csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}
        events = pyte.ByteStream.events | {"scroll_up", "scroll_down", "repeat"}

    return Stream(screen)


def _column(cells, place):
    """The cell at which the character `place` of the joined cells stands: the second cell of a wide one holds nothing."""
    for column, data in enumerate(cells):
        if place < len(data):
            return column
        place -= len(data)
    return len(cells)
