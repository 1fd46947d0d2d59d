"""The worst files that are read at all: no command takes over a second or 200 MB for one, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.cli.front_door import FrontDoor, command, surroundings
from tests.store.course_ticket import COURSE
from tests.torture import reached, scaled
from tkt.store.journal_text import MOST_ITEMS
from tkt.store.ticket_file import LARGEST

# Killed after so long: well over the second that is promised, since the machine may be busy with other things.
KILLED_AFTER = 30.0
MOST_MEGABYTES = 200
DOCUMENTED = range(8)
# A process begins with the memory of the one that starts it, which is therefore a small one, and not this one.
STARTER = """
import json, os, subprocess, sys, threading
process = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
watch = threading.Timer(float(sys.argv[1]), process.kill)
watch.start()
_pid, status, used = os.wait4(process.pid, 0)
watch.cancel()
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""
ROOM = LARGEST - 8 * 1024
FRONT = COURSE.split("\n---\n", 1)[0]
JOURNAL = """\
## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1

- state: new
- impact: medium
- urgency: medium
- priority: P3
- level: N1
"""


def ticket(front: str = "", body: str = "", journal: str = "", without: str = "\0") -> str:
    """The course's ticket with more in one of its parts, and without the line of one key."""
    kept = "\n".join(line for line in FRONT.splitlines() if not line.startswith(without))
    return f"{kept}\n{front}---\n\n{body}\n{JOURNAL}{journal}"


def at(second: int) -> str:
    return f"2026-01-15T{10 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+01:00"


def entries(most: int, lines: Callable[[int], str]) -> str:
    """So many entries, each with its own lines."""
    return "".join(f"\n### {at(number)} · J · public\n\n{lines(number)}" for number in range(most))


def one_entry(changes: str) -> str:
    return f"\n### {at(0)} · J\n\n{changes}"


STATES = ("new → resolved", "resolved → in_progress", "in_progress → pending")
WORST: dict[str, Callable[[], str]] = {
    "entries": lambda: ticket(journal="".join(f"\n### {at(number)} · J\n" for number in range(MOST_ITEMS - 10))),
    "entries backwards": lambda: ticket(
        journal="".join(f"\n### {at(MOST_ITEMS - n)} · J\n" for n in range(MOST_ITEMS - 10))
    ),
    "moves": lambda: ticket(
        journal=entries(MOST_ITEMS // 4, lambda n: f"- state: {STATES[n % 3]}\n- priority: P{n % 4 + 1}\n")
    ),
    "blind moves": lambda: ticket(journal=one_entry("".join(f"- x_a: a{n} → b\n" for n in range(MOST_ITEMS - 20)))),
    "own keys": lambda: ticket(journal=one_entry("".join(f"- x_{n}: b\n" for n in range(MOST_ITEMS - 20)))),
    "wrong values": lambda: ticket(journal=one_entry("- priority: low1\n" * (MOST_ITEMS - 20))),
    "members": lambda: ticket(journal=one_entry("- tags: " + " ".join(f"+a{n}" for n in range(MOST_ITEMS - 20)))),
    "keys": lambda: ticket(front="".join(f"stat{n}: b\n" for n in range(10_000))),
    "links": lambda: ticket(front="links: [" + ",".join(f"realted-to:INC{n:07}" for n in range(20_000)) + "]\n"),
    "a title": lambda: ticket(front="title: x" + "\u0301\u0323" * (ROOM // 4 - 500) + "\n", without="title"),
    "a category": lambda: ticket(front="category: " + "é" * (ROOM // 2 - 500) + "\n", without="category"),
    "a description": lambda: ticket(body="## Description\n\n" + "- a: b\n" * (ROOM // 7 - 200)),
    "blanks in a heading": lambda: ticket(body="## x" + " " * (ROOM - 1000) + "y\n"),
    "blank lines": lambda: ticket(body="## Journal\n" + "\n" * (ROOM - 1000) + "x\n"),
    "headings": lambda: ticket(journal="\n# a\n" * (ROOM // 5 - 200)),
    "blanks in an author": lambda: ticket(journal=f"\n### {at(0)} · A" + " " * (ROOM - 1000) + "B · public\n"),
    "backslashes": lambda: ticket(journal=one_entry("\\- a:\n" * (ROOM // 6 - 200))),
    "a quote": lambda: ticket(journal=one_entry('- tags: +"' + "\\" * (ROOM - 1000) + "\n")),
    "a key's line": lambda: ticket(journal=one_entry("- " + "a." * (ROOM // 2 - 500) + "\n")),
    "bidi": lambda: ticket(body="## Description\n\n" + "\u202e" * (ROOM // 3 - 500)),
    "brackets": lambda: ticket(front="a: " + "[" * (ROOM - 1000) + "\n"),
    "too large": lambda: "---\n" + "a" * LARGEST,
}
COMMANDS = [
    ("check",),
    ("show", "12345"),
    ("list", "--all", "--format", "table"),
    ("log", "12345", "x"),
    ("show", "12345", "--json"),
    ("kpi", "--all"),
    ("sla", "check"),
    ("list", "--all", "--format", "html"),
    ("dashboard", "--month", "2026-01"),
]


@dataclass
class Measured:
    """What processes took: how many there were, the most memory, and how many computed for over a second."""

    inputs: int = 0
    tracebacks: int = 0
    over_one_second: int = 0
    most_megabytes: int = 0

    def run(self, folder: Path, *line: str) -> None:
        """A command as a process of its own, killed when it goes on and on."""
        started = [sys.executable, "-c", STARTER, str(KILLED_AFTER), *command(*line)]
        done = subprocess.run(
            started, cwd=folder, env=surroundings(), stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
        code, seconds, megabytes = json.loads(done.stdout)
        said = done.stderr.decode()
        assert code in DOCUMENTED, (line, code, said[-2000:])
        self.tracebacks += "Traceback" in said
        self.inputs += 1
        self.over_one_second += seconds > 1
        self.most_megabytes = max(self.most_megabytes, megabytes)


def test_no_command_takes_long_or_much_over_the_worst_of_files(tkt: FrontDoor) -> None:
    tkt.setting("commit: false")
    path = tkt.path("INC0012345")
    path.parent.mkdir(parents=True)
    measured = Measured()
    for number, make in islice(enumerate(WORST.values()), 0, None, scaled(4, 1)):
        data = make().encode()
        for line in islice(cycle(COMMANDS), number, number + scaled(1, len(COMMANDS))):
            path.write_bytes(data)
            measured.run(tkt.root, *line)
    reached(
        "hostile-input",
        inputs=measured.inputs,
        tracebacks=measured.tracebacks,
        over_one_second=measured.over_one_second,
        most_megabytes=measured.most_megabytes,
    )
    assert measured.tracebacks == 0
    assert measured.most_megabytes <= MOST_MEGABYTES
