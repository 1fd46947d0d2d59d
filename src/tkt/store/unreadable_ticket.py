"""What a ticket's file that does not say what it must is refused with."""

from __future__ import annotations

from tkt.domain.finding import Finding
from tkt.errors import Unreadable


class UnreadableTicket(Unreadable):
    """A ticket's file does not say what it must; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        mend = f" {finding.mend}" if finding.mend else ""
        super().__init__(f"{place}: {finding.message}.{mend}")
