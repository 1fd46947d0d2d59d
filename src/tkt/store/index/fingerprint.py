"""What names all that judges a desk's clocks: while it is the same, clocks that have ended show the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from tkt.domain.settings import Settings
from tkt.errors import TktError


def fingerprint_of(root: Path, settings: Settings) -> str:
    """A name for the policies, the calendars and the holidays of a desk: any change of them gives another one."""
    said = "\n".join(_said((settings.policies, settings.calendars, settings.timezone.key)))
    found = hashlib.sha256(said.encode("utf-8", "surrogatepass"))
    named = {name for one in settings.calendars for version in one.versions for name in version.holidays}
    for name in sorted(named):
        found.update(f"\n{name}\n".encode())
        found.update(_holidays(root, name))
    return found.hexdigest()


def _holidays(root: Path, name: str) -> bytes:
    from tkt.store.settings.holidays_file import data_of

    try:
        return data_of(root, name) or b""
    except (TktError, ValueError):
        return b""


def _said(value: object) -> Iterator[str]:
    """Values and what they hold, in an order that does not change from one process to the next."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield f"{key!r}:"
            yield from _said(value[key])
    elif isinstance(value, Set):
        yield repr(sorted(value))
    elif isinstance(value, tuple):
        yield f"{type(value).__name__}({len(value)})"
        for one in value:
            yield from _said(one)
    else:
        yield repr(value)
