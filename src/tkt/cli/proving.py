"""What `tkt check` looks at: the files of the desk, what is staged, or history; and how it shows what it found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from tkt.cli.session import Session, has_color
from tkt.cli.telling import tell
from tkt.domain.finding import Finding
from tkt.errors import CalledWrongly
from tkt.language import _


class NoSense(CalledWrongly):
    """Options of a check that mean nothing together."""


class Report(NamedTuple):
    """What was found, and the line that sums it up."""

    findings: Sequence[Finding]
    summary: str


def require_sense(
    words: Sequence[str], *, repair: bool, history: bool, staged: bool, since_last: bool, signed: bool
) -> None:
    """Raises NoSense for options that do not go together."""
    if (since_last or signed) and not history:
        raise NoSense(_("--since-last and --require-signed are about commits: add --history."))
    if repair + history + staged > 1:
        raise NoSense(_("--repair, --history and --staged look at different things: one at a time."))
    if staged and words:
        raise NoSense(_("--staged looks at all that is staged: leave the paths out."))
    if since_last and not all(word.startswith("^") for word in words):
        raise NoSense(_("--since-last goes from the last time to HEAD: only ^COMMIT may name what lies before."))


def check_files(session: Session, words: Sequence[str], *, repair: bool = False) -> Report:
    """The files of the desk, or those that `words` name, as they lie on disk; with `repair` tickets, mended first."""
    from tkt.desk.checking import check
    from tkt.presentation.findings import findings_summary
    from tkt.presentation.progress import progress
    from tkt.wiring import settings_past

    paths: Sequence[str | Path] = words
    if repair:
        from tkt.cli.repairing import repair_named

        paths = repair_named(session, list(words))
    with progress(_("Checking files")) as step:
        report = check(session.desk, [session.folder / path for path in paths], progress=step)
    findings = report.findings if paths else sorted([*report.findings, *settings_past(session.desk)])
    return Report(findings, findings_summary(findings, report.files))


def check_history(session: Session, words: Sequence[str], *, since_last: bool, signed: bool) -> Report:
    """The commits that `words` mean, or those that are new since the last time."""
    from tkt.presentation.findings import history_summary
    from tkt.presentation.progress import progress
    from tkt.wiring import audit_history

    with progress(_("Checking commits")) as step:
        audited = audit_history(session.folder, words, since_last=since_last, require_signed=signed, progress=step)
    return Report(audited.findings, history_summary(audited.findings, audited.commits))


def check_push(session: Session, lines: Sequence[str], remote: str | None) -> Report:
    """The commits that git tells a hook are pushed, to a remote of that name, or None to here."""
    from tkt.presentation.findings import history_summary
    from tkt.presentation.progress import progress
    from tkt.wiring import audit_push

    with progress(_("Checking commits")) as step:
        audited = audit_push(session.folder, lines, remote=remote, progress=step)
    return Report(audited.findings, history_summary(audited.findings, audited.commits))


def check_staged(session: Session) -> Report:
    """The tickets that are staged, as the next commit would hold them."""
    from tkt.presentation.findings import findings_summary
    from tkt.wiring import check_index

    report = check_index(session.folder, session.moment)
    return Report(report.findings, findings_summary(report.findings, report.files))


def show(report: Report, as_json: bool = False) -> None:
    """Print the findings, and say how many there are."""
    if as_json:
        from tkt.presentation.json_form import dump, findings_json

        typer.echo(dump(findings_json(report.findings)), nl=False)
        return
    from tkt.presentation.findings import findings_text

    typer.echo(findings_text(report.findings, color=has_color()), nl=False)
    tell(report.summary)
