"""The catalogue of sources: one line for each system that tickets come from."""

from __future__ import annotations

from collections.abc import Mapping

from tkt.domain.words import did_you_mean
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.sources import servicenow
from tkt.sources.imported import Reader

SOURCES: Mapping[str, Reader] = {
    "servicenow": servicenow.read_log,
}


class UnknownSource(CalledWrongly):
    """A system from which nothing can be imported."""


def reader_of(name: str) -> Reader:
    """The reader of the system called `name`; raises UnknownSource with the nearest one offered."""
    if name not in SOURCES:
        message = _("“{name}” is no system that tickets can be imported from.").format(name=name)
        raise UnknownSource(message + did_you_mean(name, SOURCES))
    return SOURCES[name]
