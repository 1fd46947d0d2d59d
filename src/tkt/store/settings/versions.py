"""What the settings hold as a list of versions, each in force from a day on: policies and calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from tkt.language import _
from tkt.store.settings.value import Value


class Version(Protocol):
    """Something that is in force from a day on."""

    @property
    def since(self) -> date:
        """The first day on which it is."""


V = TypeVar("V", bound=Version)


def read_versions(value: Value, read: Callable[[Value], V | None]) -> tuple[V, ...]:
    """The versions of a list, oldest first; none at all, and one that is not later than the one above, is refused."""
    if value.is_empty:
        value.refuse(_("no version is given."), _("Write “- from: 1970-01-01” and what holds from then on."))
    versions: list[V] = []
    for item in value.items():
        version = read(item)
        if version is None:
            continue
        if versions and version.since <= versions[-1].since:
            message = _("{date} is not later than {before} of the version above.")
            item.refuse(message.format(date=version.since, before=versions[-1].since), _("Put the oldest first."))
        versions.append(version)
    return tuple(versions)
