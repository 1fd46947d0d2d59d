"""Clocks in trouble as hosting sites mark them in files: GitHub's annotations, GitLab's code quality report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from tkt.domain import words
from tkt.domain.finding import Finding
from tkt.domain.ticket import Ticket
from tkt.language import _
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.clocks.sla_lines import trouble_line
from tkt.presentation.json_form import Document
from tkt.presentation.safe_text import for_workflow_command, for_workflow_property
from tkt.service_level.reading import ClockReading

# A clock in trouble, the file from the desk's folder, and its line.
Place = tuple[Ticket, ClockReading, str, int]


def github_annotations(found: Iterable[Place], folder: str, zone: tzinfo, now: datetime) -> str:
    """A workflow command for each clock, files being named from the repository's top, where the desk is in `folder`.

    Breached ones are errors, those at risk warnings.
    """
    return "".join(_clock_annotation(one, folder, zone, now) for one in found)


def _clock_annotation(place: Place, folder: str, zone: tzinfo, now: datetime) -> str:
    ticket, reading, path, line = place
    # Whole phrases: French would have the verdict agree with the clock's name.
    trouble = _("{clock} breached") if reading.breached else _("{clock} at risk")
    title = f"{ticket.id}: {trouble.format(clock=clock_phrases.name(reading))}"
    level = "error" if reading.breached else "warning"
    return annotation(level, _from_top(folder, path), line, title, trouble_line(ticket, reading, zone, now))


def github_findings(findings: Iterable[Finding], folder: str) -> str:
    """A workflow command for each file that cannot be read: its words may quote the file."""
    return "".join(
        annotation("warning", _from_top(folder, one.path), one.line, _("unreadable"), one.message) for one in findings
    )


def annotation(level: str, path: str, line: int, title: str, message: str) -> str:
    """One workflow command of GitHub (level `error`, `warning` or `notice`) on a line of its own."""
    properties = (("file", path), ("line", str(max(line, 1))), ("title", title))
    said = ",".join(f"{key}={for_workflow_property(value)}" for key, value in properties)
    return f"::{level} {said}::{for_workflow_command(message)}\n"


def gitlab_report(found: Iterable[Place], folder: str, zone: tzinfo, now: datetime) -> list[Document]:
    """The code quality report of GitLab: an issue for each clock, by which the site tells from run to run what is new
    and what is gone."""
    return [_issue(one, folder, zone, now) for one in found]


def _issue(place: Place, folder: str, zone: tzinfo, now: datetime) -> Document:
    ticket, reading, path, line = place
    verdict = "breached" if reading.breached else reading.verdict
    return {
        "description": trouble_line(ticket, reading, zone, now),
        "check_name": f"sla-{reading.clock}-{verdict}",
        "fingerprint": _fingerprint(ticket, reading, verdict),
        "severity": _severity(ticket, reading),
        "location": {"path": _from_top(folder, path), "lines": {"begin": line}},
    }


def _fingerprint(ticket: Ticket, reading: ClockReading, verdict: str) -> str:
    """The same for as long as it is the same breach: a clock of a ticket has one, whatever else changes.

    A group may have the ticket several times: there each breach is one of its own.
    """
    import hashlib

    parts = [ticket.id, ticket.get("uid"), reading.clock, verdict]
    if reading.holder:
        since = reading.breached_at.astimezone(UTC).isoformat() if reading.breached_at else ""
        parts += [reading.policy, reading.holder, since]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _severity(ticket: Ticket, reading: ClockReading) -> str:
    if not reading.breached:
        return "minor"
    return "critical" if ticket.priority == words.PRIORITY.codes[0] else "major"


def _from_top(folder: str, path: str) -> str:
    return str(PurePosixPath(folder, path))
