"""Ten people on one desk, each in a clone, doing whatever comes to their minds: in the end all have all of it."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.clones import Clones
from tests.cli.conftest import OPENING, Clock
from tests.cli.front_door import FrontDoor
from tests.torture import reached, scaled
from tkt.domain.entry import Entry
from tkt.store.ticket_file import TicketFile

PEOPLE = ("Jean DUPONT", "Pierre MARTIN", "Paula MARTINEZ", "Zoé LENOIR")
PRIORITIES = (("high", "high"), ("low", "low"), ("medium", "high"))
# A rule of the desk refuses it, or there is nothing to do: what random people meet every day.
REFUSED = (0, 2, 3)
# (uid, entry): what a journal holds.
Written = Counter[tuple[str, Entry]]


class Walk:
    """Random steps in random clones, and what each of them wrote."""

    def __init__(self, clones: Clones, count: int, seed: int, clock: Clock) -> None:
        self.dice = random.Random(seed)
        self.clock = clock
        self.written: Written = Counter()
        self.steps: Counter[str] = Counter()
        self.desks = [clones.clone(f"clone{number}") for number in range(count)]
        self.drawer = clones.folder / "drawer"
        self.drawer.mkdir()
        for number, tkt in enumerate(self.desks):
            tkt.git("config", "user.name", PEOPLE[number % len(PEOPLE)])

    def step(self, number: int) -> None:
        """One person does one thing, at a time of day that no two machines quite agree on."""
        at = datetime.fromisoformat(OPENING) + timedelta(minutes=2 * number, seconds=self.dice.randint(-120, 120))
        self.clock(at.isoformat())
        tkt = self.dice.choice(self.desks)
        kinds = ["new"] * 3 + ["log"] * 5 + ["sync"] * 4 + ["start", "hold", "resolve", "edit", "link", "tag", "attach"]
        kind = self.dice.choice([*kinds, "pull", "pull_rebase"])
        self.steps[kind] += 1
        before = tkt.git("rev-parse", "HEAD").strip()
        getattr(self, kind)(tkt, f"pas {number}")
        if kind not in ("sync", "pull", "pull_rebase"):
            self.written += written_since(tkt, before)

    def someone(self, tkt: FrontDoor) -> str:
        """A ticket that this clone knows, "" where it knows none."""
        known = sorted(path.stem for path in tkt.root.glob("tickets/*/*.md"))
        return self.dice.choice(known) if known else ""

    def on(self, tkt: FrontDoor, verb: str, *rest: str) -> None:
        ticket = self.someone(tkt)
        if ticket:
            run(tkt, verb, ticket, *rest)

    def new(self, tkt: FrontDoor, words: str) -> None:
        run(tkt, "new", f"Poste bloqué, {words}", "-r", "Marie MARTIN", "-m", words)

    def log(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "log", words)

    def start(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "start", words)

    def hold(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "hold", "--reason", self.dice.choice(("user", "vendor")), words)

    def resolve(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "resolve", "--cause", "unknown", "--action", words)

    def edit(self, tkt: FrontDoor, words: str) -> None:
        impact, urgency = self.dice.choice(PRIORITIES)
        field = self.dice.choice(
            (("--title", f"Autre titre, {words}"), ("--asset", words), ("--impact", impact, "--urgency", urgency))
        )
        self.on(tkt, "edit", *field, "-m", words)

    def link(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "link", self.dice.choice(("related-to", "caused-by")), self.someone(tkt) or "1", "-m", words)

    def tag(self, tkt: FrontDoor, words: str) -> None:
        self.on(tkt, "edit", self.dice.choice(("--tag", "--untag")), self.dice.choice(("vip", "réseau", "vpn")))

    def attach(self, tkt: FrontDoor, words: str) -> None:
        file = self.drawer / f"{words}.txt"
        file.write_text(words, encoding="utf-8")
        self.on(tkt, "attach", str(file))

    def sync(self, tkt: FrontDoor, words: str) -> None:
        tkt("sync")

    def pull(self, tkt: FrontDoor, words: str) -> None:
        if not obeys(tkt, "pull", "--quiet", "--no-rebase", "--no-edit"):
            obeys(tkt, "merge", "--abort")

    def pull_rebase(self, tkt: FrontDoor, words: str) -> None:
        if obeys(tkt, "pull", "--quiet", "--rebase"):
            obeys(tkt, "push", "--quiet")
        else:
            obeys(tkt, "rebase", "--abort")


def run(tkt: FrontDoor, *arguments: str) -> None:
    """A command that may be refused, and may not fail."""
    try:
        tkt(*arguments)
    except AssertionError as failure:
        if not any(f"ended with {code}:" in str(failure) for code in REFUSED):
            raise


def obeys(tkt: FrontDoor, *arguments: str) -> bool:
    """Whether git does it."""
    try:
        tkt.git(*arguments)
    except AssertionError:
        return False
    return True


def written_since(tkt: FrontDoor, before: str) -> Written:
    """The entries that the last command wrote, if it wrote any."""
    names = tkt.git("diff", "--name-only", "-z", "--no-renames", before, "HEAD", "--", "tickets").split("\0")
    found: Written = Counter()
    for name in (name for name in names if name.endswith(".md")):
        ticket = TicketFile.of(name, tkt.root / name).ticket
        old = tkt.git("show", f"{before}:{name}").encode() if obeys(tkt, "cat-file", "-e", f"{before}:{name}") else b""
        known = len(TicketFile.parse(name, old).ticket.entries) if old else 0
        found.update((ticket.get("uid"), entry) for entry in ticket.entries[known:])
    return found


def held_by(tkt: FrontDoor) -> Written:
    """Every entry that a clone holds."""
    tickets = [TicketFile.of(path.name, path).ticket for path in sorted(tkt.root.glob("tickets/*/*.md"))]
    return Counter((ticket.get("uid"), entry) for ticket in tickets for entry in ticket.entries)


def until_quiet(desks: list[FrontDoor]) -> None:
    """Everybody syncs, until nobody has anything new to tell or to hear."""
    for _round in range(4):
        for tkt in desks:
            tkt("sync")
        if len({tkt.git("rev-parse", "HEAD") for tkt in desks}) == 1:
            return
    pytest.fail("they never come to an end")


@pytest.mark.parametrize("seed", [20260115])
def test_whatever_ten_clones_do_all_come_to_one_tree_and_nothing_is_lost(
    founded: Path, tmp_path: Path, clock: Clock, seed: int
) -> None:
    began = time.monotonic()
    count, steps = scaled(4, 10), scaled(40, 1000)
    print(f"seed {seed}")
    clock(OPENING)
    walk = Walk(Clones(tmp_path, founded, "number_block: 4"), count, seed, clock)
    for number in range(steps):
        walk.step(number)
    until_quiet(walk.desks)

    assert len({tkt.git("rev-parse", "HEAD^{tree}") for tkt in walk.desks}) == 1
    lost = walk.written - held_by(walk.desks[0])
    assert not lost
    paths = sorted(walk.desks[0].root.glob("tickets/*/*.md"))
    numbers = Counter(path.stem[3:] for path in paths)
    uids = Counter(TicketFile.of(path.name, path).ticket.get("uid") for path in paths)
    assert max(numbers.values()) == max(uids.values()) == 1
    assert {uid for uid, _entry in walk.written} == set(uids)
    found = walk.desks[0]("check", "--json", code=0).json
    assert found["errors"] == 0
    renumbered = sum(bool(TicketFile.of(path.name, path).ticket.aliases) for path in paths)
    reached(
        "ten-clones",
        steps=steps,
        clones=count,
        tickets=len(paths),
        entries=sum(walk.written.values()),
        renumbered=renumbered,
        entries_lost=sum(lost.values()),
        numbers_twice=sum(one - 1 for one in numbers.values()),
        seconds=round(time.monotonic() - began),
    )
    assert all(tkt.git("status", "--porcelain") == "" for tkt in walk.desks)
