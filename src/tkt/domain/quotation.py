"""A ticket's values inside a sentence about them: in quotes, on one line, and no longer than a reader needs."""

from __future__ import annotations

from tkt.language import _

_SHOWN = 60


def quoted(value: str) -> str:
    """`value` in quotes; "" is nothing."""
    return _("“{value}”").format(value=shortened(value)) if value else _("nothing")


def shortened(value: str) -> str:
    """`value` on one line, cut where it is long."""
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
