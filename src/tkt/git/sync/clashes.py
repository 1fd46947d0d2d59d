"""What a merge could not settle: which tickets, what both sides changed in them, and how a person settles it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tkt.errors import RuleRefuses
from tkt.git.blobs import read_blobs
from tkt.git.drivers import has_drivers
from tkt.git.line_merge import merge_lines
from tkt.git.repository import Repository
from tkt.language import _, ngettext
from tkt.store.desk_folder import id_at
from tkt.store.merging.ticket_merge import DifferentTickets, merge_tickets
from tkt.store.unreadable_ticket import UnreadableTicket

_NAMED = 5


class NeedsAPerson(RuleRefuses):
    """Two changes that contradict each other: only a person can say which one holds. Nothing was merged."""


class Clash(NamedTuple):
    """A file that git could not merge by itself: its name, and its three versions; None where there is none."""

    name: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def clashes_in(repository: Repository) -> list[Clash]:
    """What the index holds in several versions."""
    found: dict[str, dict[str, str]] = {}
    for record in repository.git.read("ls-files", "--unmerged", "-z").fields:
        about, _tab, name = record.partition("\t")
        _mode, hash_, stage = about.split(" ")
        found.setdefault(name, {})[stage] = hash_
    clashes = []
    for name, stages in found.items():
        there = dict(zip(stages, read_blobs(repository.git, list(stages.values())), strict=True))
        clashes.append(Clash(name, there.get("1"), there.get("2"), there.get("3")))
    return clashes


def needs_a_person(repository: Repository, root: Path, clashes: Sequence[Clash], goal: str) -> NeedsAPerson:
    """The refusal that names each ticket, what both sides changed, and the commands that settle it."""
    shown = [_about(repository, root, clash) for clash in clashes[:_NAMED]]
    more = len(clashes) - len(shown)
    if more:
        shown.append(ngettext("and {count} more file", "and {count} more files", more).format(count=more))
    paths = " ".join(shlex.quote(clash.name) for clash in clashes[:_NAMED])
    first = [] if has_drivers(repository) else ["tkt setup"]
    steps = [*first, f"git merge {shlex.quote(goal)}", _("edit {paths}").format(paths=paths)]
    steps += [f"git add -- {paths}", "git commit --no-edit", "tkt sync"]
    message = _("both sides changed {clashes}. Nothing was merged, all is as it was. Settle it from {folder}: {steps}")
    return NeedsAPerson(
        message.format(clashes=", ".join(shown), folder=shlex.quote(str(repository.top)), steps="; ".join(steps))
    )


def _about(repository: Repository, root: Path, clash: Clash) -> str:
    """`INC0012345 (title, ## Description)`, or the file's name where it is no ticket's."""
    ticket_id = id_at(root, repository.top / clash.name)
    if ticket_id is None:
        return clash.name
    places = ", ".join(_places(clash))
    return _("{id} ({places})").format(id=ticket_id, places=places) if places else ticket_id


def _places(clash: Clash) -> Sequence[str]:
    if clash.ours is None or clash.theirs is None:
        return [_("deleted on one side")]
    try:
        return merge_tickets(clash.base, clash.ours, clash.theirs, merge_lines).conflicts
    except DifferentTickets:
        return [_("two tickets under one number")]
    except UnreadableTicket as error:
        return [error.finding.message]
