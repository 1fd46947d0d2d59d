"""`tkt check --repair ID`: says what was done to each ticket, and what a person has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _
from tkt.wiring import repair_tickets


def repair_named(session: Session, references: Sequence[str]) -> list[Path]:
    """Put the named tickets right, and give the files to be checked then; ends where a person has to decide."""
    if not references:
        raise CalledWrongly(_("--repair needs tickets: tkt check --repair INC0012345."))
    desk = session.desk
    report = repair_tickets(desk, desk.find_all(references))
    for ticket in report.tickets:
        for sentence in ticket.done:
            tell(f"{ticket.id}: {sentence}")
        if not (ticket.files or ticket.left):
            tell(_("{id}: nothing to repair.").format(id=ticket.id))
        for sentence in ticket.left:
            tell(_("{id}: not decided: {what}").format(id=ticket.id, what=sentence))
    written = [path for ticket in report.tickets for path, data in ticket.files if data is not None]
    if written and report.under_way:
        message = _("The {operation} is not ended: what was repaired is put into it, and its commit is yours to make.")
        tell(message.format(operation=report.under_way))
    elif written:
        tell_off_branch(desk.recorder)
    if report.undecided:
        raise typer.Exit(RuleRefuses.exit_code)
    renumbered = [ticket.renumbered.after.id for ticket in report.tickets if ticket.renumbered]
    return [desk.path(one) for one in (*(ticket.id for ticket in report.tickets), *renumbered)]
