"""`make bench`: a ServiceNow log imported, and the desk that it makes asked: `list`, `search`, `sla check`, `kpi`.

The log is made, in the shape of the real one that is public: 25,000 incidents in 140,000 events, a row each, a third of
which changes nothing. `git status` of so few takes less than Python's own start: beside what design.md's section 11
allows for the files, there is room for the start of a command.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from desks import TKT, empty_desk, git
from timing import (
    A_COMMAND,
    DOING_NOTHING,
    HERE,
    LOOKED,
    NOTHING,
    Line,
    a_command,
    command,
    in_turn,
    keep,
    machine,
    table,
)

sys.path.insert(0, str(HERE.parent / "tests" / "sources"))
from make_log import make_rows, write_log

# The import takes so many seconds at most, up to so many incidents.
_CEILINGS = {500: 5.0, 25_000: 60.0}
# From how many on the desk's answers are held to the ratios.
_PROMISED = 25_000
_ASKED = (("list", "--all", "--limit", "40"), ("search", "Symptom 72"), ("sla", "check"), ("kpi", "--all"))
# So many rows stand between a ticket's first and its resolution, each as often as it stands here.
_LENGTHS = (0, 0, 1, 1, 2, 3, 4, 10)


def make_log_file(path: Path, incidents: int) -> int:
    """Write such a log, and tell how many rows it has."""
    rows = list(make_rows(incidents, lengths=_LENGTHS))
    write_log(path, rows)
    return len(rows)


def imported(runs: int, desk: Path, incidents: int) -> Line:
    """`tkt import servicenow` of the log into a desk that was just made; the desk of the last run stays."""
    log = desk.with_suffix(".csv")
    events = make_log_file(log, incidents)

    def fresh() -> None:
        shutil.rmtree(desk, ignore_errors=True)
        empty_desk(desk)

    importing = command(*TKT, "import", "servicenow", str(log), cwd=desk, before=fresh)
    took, nothing = in_turn(runs, importing, command(*DOING_NOTHING, "first"))
    line = Line(f"`tkt import servicenow` of {incidents:,} incidents, {events:,} events", took, NOTHING, nothing)
    ceiling = next((seconds for most, seconds in _CEILINGS.items() if incidents <= most), None)
    return line if ceiling is None else line.allowing(ceiling)


def asked(runs: int, desk: Path, incidents: int) -> list[Line]:
    """What the desk answers, its index warm, against `git status` there."""
    git(desk, "status", "--short")
    *timings, floor, nothing = in_turn(
        runs,
        *(command(*TKT, *words, cwd=desk, ends=LOOKED) for words in _ASKED),
        command("git", "status", "--short", cwd=desk),
        command(*DOING_NOTHING, "first"),
    )
    names = (f"`tkt {' '.join(words)}` of {incidents:,} incidents" for words in _ASKED)
    lines = [Line(name, timing, "`git status`", floor) for name, timing in zip(names, timings, strict=True)]
    if incidents < _PROMISED:
        return lines
    return [line.allowing(a_command(nothing) + 3 * floor.median, f"{A_COMMAND} + 3 ×") for line in lines]


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each thing; three of the import at most")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 25_000], help="incidents in the logs")
    parser.add_argument("--log", type=Path, help="only make a log of the largest size, there")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    if arguments.log:
        print(make_log_file(arguments.log, max(arguments.sizes)))
        return
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as folder:
        for size in arguments.sizes:
            desk = Path(folder) / f"log-{size}"
            lines += [imported(min(arguments.runs, 3), desk, size), *asked(arguments.runs, desk, size)]
    text = f"{machine(arguments.runs)} (the import {min(arguments.runs, 3)}).\n\n{table(lines)}"
    print(text)
    if arguments.write:
        keep("log", text)
    sys.exit(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
