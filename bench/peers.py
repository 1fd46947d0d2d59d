"""`make bench`: the same four things done with tkt and with its peers, each with as many tickets, in turn.

A peer that is not installed is installed where its ordinary client can do so: below the folder of `--tools`, or, for
Debian's packages, by root alone. One that cannot be had is left out, with a line that says why.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from desks import TKT, desk_of, put_back, ticket_file
from obtaining import Missing, version_of
from peer_tools import NOTE, PEERS, TITLE, Peer, Task, environment_of, tasks
from timing import Timed, Timing, command, in_turn, keep, machine

import tkt

_ACTS = ("create", "note", "list", "show")
Measured = dict[str, Timing]


def of_tkt(desk: Path, every: list[Task]) -> Mapping[str, Timed]:
    """The four acts of tkt, each of which but the last two makes a commit."""
    one = ticket_file(desk, next(task.number for task in every if task.is_open)).stem
    new = ("new", TITLE, "--requester", "Marie ESSAI", "--type", "incident", "--asset", "PC-COMPTA-015")
    acts = {"create": new, "note": ("log", one, NOTE), "list": ("list",), "show": ("show", one)}
    return {act: command(*TKT, *words, cwd=desk) for act, words in acts.items()}


def of_peer(peer: Peer, program: str, folder: Path, every: list[Task]) -> Mapping[str, Timed]:
    """The acts that a peer has a command for, on a store filled in `folder`."""
    folder.mkdir()
    peer.fill(program, folder, every)
    around = environment_of(folder)
    acts = peer.acts(program, folder, every)
    # Some of them give the numbers that they go by only to what they have listed.
    command(*acts["list"].words, cwd=folder, environment=around)()
    return {act: command(*told.words, cwd=folder, environment=around, given=told.given) for act, told in acts.items()}


def at_size(runs: int, cache: Path, folder: Path, tickets: int, programs: Mapping[str, str]) -> dict[str, Measured]:
    """What each program takes with so many tickets: all do one thing in turn, then the next."""
    every, desk = list(tasks(tickets)), desk_of(cache, tickets)
    able = {f"tkt {tkt.__version__}": of_tkt(desk, every)}
    for peer in PEERS:
        if peer.name in programs:
            program = programs[peer.name]
            able[f"{peer.name} {version_of(program)}"] = of_peer(peer, program, folder / peer.name, every)
    measured: dict[str, Measured] = {name: {} for name in able}
    for act in _ACTS:
        doing = {name: acts[act] for name, acts in able.items() if act in acts}
        for name, timing in zip(doing, in_turn(runs, *doing.values()), strict=True):
            measured[name][act] = timing
    put_back(desk)
    return measured


def obtained(tools: Path) -> tuple[dict[str, str], list[str]]:
    """The programs that are there or could be installed, and a line for each other one."""
    programs, left_out = {}, []
    for peer in PEERS:
        try:
            programs[peer.name] = peer.obtain(tools.resolve())
        except Missing as why:
            left_out.append(f"{peer.name} is left out: {why}.")
    return programs, left_out


def rows(tickets: int, measured: Mapping[str, Measured]) -> str:
    """The rows of one size."""
    return "".join(
        f"| {tickets:,} | {name} | {' | '.join(str(acts[act]) if act in acts else 'none' for act in _ACTS)} |\n"
        for name, acts in measured.items()
    )


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each thing")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="how many tickets each holds")
    parser.add_argument("--desks", type=Path, help="where desks are kept from one run to the next")
    parser.add_argument("--tools", type=Path, help="where programs to compare with are installed")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    text = f"| tickets | with | {' | '.join(_ACTS)} |\n|---|---|---|---|---|---|\n"
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as folder:
        here = Path(folder)
        programs, left_out = obtained(arguments.tools or here / "tools")
        for size in arguments.sizes:
            (here / str(size)).mkdir()
            text += rows(size, at_size(arguments.runs, arguments.desks or here, here / str(size), size, programs))
            shutil.rmtree(here / str(size))
    text = "\n".join((f"{machine(arguments.runs)}.\n", text, *left_out))
    print(text)
    if arguments.write:
        keep("peers", text)


if __name__ == "__main__":
    main()
