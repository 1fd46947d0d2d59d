"""A ticket as a review has it, for the tests of what a review says."""

from __future__ import annotations

from dataclasses import dataclass

from tests.presentation.course import make_ticket
from tkt.domain.comparison import Comparison
from tkt.domain.finding import Finding
from tkt.service_level.reading import Clocks


@dataclass(frozen=True)
class SampleReview:
    """What happened to one ticket, as the desk compares two commits."""

    comparison: Comparison
    what: str = "changed"
    id: str = "INC0012345"
    path: str = "tickets/INC0012xxx/INC0012345.md"
    clocks: tuple[Clocks | None, Clocks | None] = (None, None)
    findings: tuple[Finding, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    others: bool = False


def untouched(**more: object) -> SampleReview:
    """A ticket of which nothing that a journal tells differs."""
    return SampleReview(Comparison(make_ticket(), make_ticket()), **more)  # type: ignore[arg-type]
