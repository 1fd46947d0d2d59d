"""`make bench`: each line of design.md's section 11 against its floor in the same run; medians, spread and ratio.

The floors: a two-command Typer program that does nothing and its --help, a bare `git add` and `git commit` of one file
in the same repository, and `git status` there. Command and floor run in turn, A B A B, so that a machine whose speed
drifts bends both alike.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import reading
from desks import TKT, desk_of, git, put_back, ticket_file
from growth import remember
from lives import ticket_of
from timing import A_COMMAND, DOING_NOTHING, NOTHING, Line, Timed, a_command, command, in_turn, keep, machine, table

_NEW = ("Outlook - Impossible d'envoyer des emails externes", "--requester", "Marie ESSAI", "--type", "incident")
_COMMIT = "bare `git add` and `git commit`"
PARTS = ("start", "commands", "reading", "index")


def start_up(runs: int, desk: Path) -> list[Line]:
    """`tkt --version`, a shell completion and `tkt --help` against the program that does nothing."""
    completing = ["env", "_TKT_COMPLETE=complete_bash", "COMP_WORDS=tkt show INC", "COMP_CWORD=2", *TKT]
    version, completion, nothing = in_turn(
        runs,
        command(*TKT, "--version"),
        command(*completing, cwd=desk),
        command(*DOING_NOTHING, "first"),
    )
    page, their_page = in_turn(runs, command(*TKT, "--help"), command(*DOING_NOTHING, "--help"))
    return [
        Line("`tkt --version`", version, NOTHING, nothing).allowing(1.5 * nothing.median, "1.5 ×"),
        Line("completing a ticket's id", completion, NOTHING, nothing).allowing(1.5 * nothing.median, "1.5 ×"),
        Line("`tkt --help`", page, "its `--help`", their_page).allowing(1.5 * their_page.median, "1.5 ×"),
    ]


def commands(runs: int, desk: Path, tickets: int) -> list[Line]:
    """`show`, and `log` without its commit; `new`, `log` and `resolve` with it, on a desk of so many tickets."""
    one = ticket_file(desk, tickets // 2)
    name = one.relative_to(desk).as_posix()
    shown, logged, nothing = in_turn(
        runs,
        command(*TKT, "show", one.stem, cwd=desk),
        command(*TKT, "log", one.stem, "Test envoi externe : OK", "--no-commit", cwd=desk, before=_restore(desk, name)),
        command(*DOING_NOTHING, "first"),
    )
    put_back(desk)
    size = f"at {tickets:,} tickets"
    return [
        Line(f"`tkt show` {size}", shown, NOTHING, nothing).allowing(a_command(nothing), A_COMMAND),
        Line(f"`tkt log --no-commit` {size}", logged, NOTHING, nothing).allowing(a_command(nothing), A_COMMAND),
        *_with_commit(runs, desk, tickets, name),
    ]


def _with_commit(runs: int, desk: Path, tickets: int, name: str) -> list[Line]:
    unsolved = _unsolved(tickets)
    solved = ("--cause", "unknown", "--action", "redémarrage", "Test envoi externe : OK")
    *timings, bare, nothing = in_turn(
        runs,
        command(*TKT, "new", *_NEW, "--asset", "PC-COMPTA-015", cwd=desk),
        command(*TKT, "log", Path(name).stem, "Test envoi externe : OK", cwd=desk),
        lambda: command(*TKT, "resolve", next(unsolved), *solved, cwd=desk)(),
        _bare_commit(desk, ticket_file(desk, tickets // 3).relative_to(desk).as_posix()),
        command(*DOING_NOTHING, "first"),
    )
    put_back(desk)
    whats = [f"`tkt {verb}` at {tickets:,} tickets" for verb in ("new", "log", "resolve")]
    return [
        Line(what, timing, _COMMIT, bare).allowing(a_command(nothing) + bare.median, f"{A_COMMAND} + the floor")
        for what, timing in zip(whats, timings, strict=True)
    ]


def _unsolved(tickets: int) -> Iterator[str]:
    """The ids of open tickets, the youngest first."""
    return (ticket.id for number in range(tickets, 0, -1) if (ticket := ticket_of(number, tickets)).is_open)


def _restore(desk: Path, name: str) -> Callable[[], object]:
    return lambda: git(desk, "checkout", "--quiet", "HEAD", "--", name)


def _bare_commit(desk: Path, name: str) -> Timed:
    """The floor of a write: one more entry in the file, `git add`, `git commit`."""

    def run() -> float:
        reading.say_more(desk / name, next(moments))
        start = time.perf_counter()
        git(desk, "add", "--", name)
        git(desk, "commit", "--quiet", "--message", "bare", "--", name)
        return time.perf_counter() - start

    moments = count(1)
    return run


def measure(parts: list[str], runs: int, desk: Path, tickets: int) -> list[Line]:
    """The lines of the wanted parts on one desk."""
    lines: list[Line] = []
    if "commands" in parts:
        lines += commands(runs, desk, tickets)
    if "index" in parts:
        lines += reading.first_index(min(runs, 3), desk, tickets)
    if "reading" in parts:
        lines += reading.every_ticket(runs, desk, tickets)
    return lines


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="counted runs of each thing")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="tickets on the desks")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts of the table")
    parser.add_argument("--desks", type=Path, help="where desks are kept from one run to the next")
    parser.add_argument("--write", metavar="MARK", help="write the figures behind this mark of docs/benchmarks.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as folder:
        desks = {size: desk_of(arguments.desks or Path(folder), size) for size in arguments.sizes}
        lines = start_up(arguments.runs, desks[max(desks)]) if "start" in arguments.only else []
        for size, desk in desks.items():
            lines += measure(arguments.only, arguments.runs, desk, size)
    text = f"{machine(arguments.runs)}.\n\n{table(lines)}"
    print(text)
    if arguments.write:
        keep(arguments.write, text)
        remember(lines)
    sys.exit(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
