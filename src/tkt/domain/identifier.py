"""Ticket ids and uids: `INC0012345` is a prefix and a number of seven digits or more."""

from __future__ import annotations

import re

_ID = re.compile(r"(?P<prefix>[A-Z]{3})(?P<number>\d{7,18})", re.ASCII)
_NUMBER = re.compile(r"#?(\d{1,18})", re.ASCII)
_UID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def is_id(text: str) -> bool:
    """Whether `text` is a full ticket id."""
    return _ID.fullmatch(text) is not None


def number_of(ticket_id: str) -> int:
    """The number within a full id; raises ValueError when `ticket_id` is none."""
    found = _ID.fullmatch(ticket_id)
    if found is None:
        raise ValueError(ticket_id)
    return int(found["number"])


def read_number(text: str) -> int | None:
    """The number that a person means by `12345` or `#12345`; None when it is no bare number."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def make_id(prefix: str, number: int) -> str:
    """`INC`, 12345 gives `INC0012345`."""
    return f"{prefix}{number:07d}"


def padded(reference: str) -> str:
    """`inc12345` is `INC0012345`; what is no short id stays as it is."""
    prefix, digits = reference[:3].upper(), reference[3:]
    short = len(digits) <= 7 and digits.isascii() and digits.isdigit() and prefix.isascii() and prefix.isalpha()
    return make_id(prefix, int(digits)) if short else reference


def derived_uid(seed: str) -> str:
    """The uid that `seed` always gives: an import gives the same tickets again the next time."""
    import hashlib

    digest = hashlib.sha256(seed.encode()).digest()
    return "".join(_UID_ALPHABET[byte % len(_UID_ALPHABET)] for byte in digest[:10])


def new_uid() -> str:
    """Ten random characters that tell two tickets apart for ever (no i, l, o, u: they are misread)."""
    import secrets

    return "".join(secrets.choice(_UID_ALPHABET) for _ in range(10))
