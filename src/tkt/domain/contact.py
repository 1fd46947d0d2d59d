"""Someone whom the organisation's directory (`people.csv`) knows: a requester to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the directory; every part but the name may be empty."""

    name: str
    email: str = ""
    phone: str = ""
    department: str = ""
    location: str = ""
    asset: str = ""
