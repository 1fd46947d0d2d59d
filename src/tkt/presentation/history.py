"""A ticket's history in git as a table: who recorded what, when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Protocol

from tkt.domain.person import Person
from tkt.language import pgettext
from tkt.presentation import phrases
from tkt.presentation.table import Column, Table


class Commit(Protocol):
    """A commit that touched the ticket, whoever read it from git."""

    @property
    def hash(self) -> str: ...
    @property
    def abbreviated(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def author(self) -> Person: ...
    @property
    def subject(self) -> str: ...

    def trailer(self, key: str) -> str:
        """The value of a trailer ("Transition"), "" where the commit has none."""


def history_table(commits: Iterable[Commit], zone: tzinfo) -> Table:
    """The commits in the order given, with their times in `zone`."""
    columns = (
        Column(pgettext("column", "Commit")),
        Column(pgettext("column", "Date")),
        Column(pgettext("column", "Recorded by"), weight=1),
        Column(pgettext("column", "Entry by"), weight=1),
        Column(pgettext("column", "Transition")),
        Column(pgettext("column", "Subject"), weight=1),
    )
    lines = (
        (
            commit.abbreviated,
            phrases.date_time(commit.at.astimezone(zone)),
            commit.author.name,
            commit.trailer("Entry-By"),
            commit.trailer("Transition"),
            commit.subject,
        )
        for commit in commits
    )
    return Table(columns, tuple(lines))
