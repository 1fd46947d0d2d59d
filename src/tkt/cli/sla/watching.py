"""Watching the clocks: what is due next, once or over and over."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, AsOf
from tkt.cli.completion import group_names
from tkt.cli.options import AskingVerb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, draws_screens, has_color
from tkt.cli.sla.group import Every, Wished, sla, wished
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly, TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.desk.querying import Option
    from tkt.desk.service_levels import SlaCheck
    from tkt.desk.watching import Watch
    from tkt.presentation.clocks.sla_screen import Size
    from tkt.query.query import Context, Query

INTERVAL = 5.0
_DAY = 86_400.0

Within = Annotated[
    str | None,
    typer.Option(
        "--within", metavar="DURATION", help=_("Only where a clock that runs is over its target, or due so soon.")
    ),
]
Mine = Annotated[bool, typer.Option("--mine", help=_("Held by me."))]
Group = Annotated[
    list[str] | None,
    typer.Option("--group", help=_("Held by a group of this name, or a part of it."), autocompletion=group_names),
]
Watching = Annotated[bool, typer.Option("--watch", help=_("On a terminal: show it again and again, until Ctrl-C."))]
Interval = Annotated[
    float | None,
    typer.Option("--interval", metavar="SECONDS", min=0.1, max=_DAY, help=_("With --watch: how often; 5 s.")),
]


class CannotWatch(CalledWrongly):
    """There is nothing to draw on over and over."""


@dataclass(frozen=True)
class Wanted:
    """Which tickets: those of some ids, terms of a query, options that stand for terms, with `every` also those that
    are done; and of those what is due within so many seconds."""

    ids: list[str]
    terms: list[str]
    options: Sequence[Option]
    every: bool
    within: int | None

    def query(self, context: Context) -> Query:
        """What they are, as it is meant at a moment."""
        from tkt.desk.querying import read_asked

        return read_asked(self.terms, context, self.options, every=self.every)

    def look(self, desk: Desk, watch: Watch | None = None) -> SlaCheck:
        """Their clocks at the desk's moment."""
        from functools import partial

        from tkt.desk.querying import context_of
        from tkt.desk.service_levels import check_service_levels

        read = partial(watch.tickets, desk) if watch else None
        context = context_of(desk)
        return check_service_levels(desk, self.query(context), context, self.ids, within=self.within, read=read)


@sla.command(
    "status",
    cls=AskingVerb,
    help=_(
        "What is due next of the open tickets, what is over its target first: both clocks, with the clock time that is "
        "left, and when the next is due. In csv, tsv and JSON every clock is there with all its figures."
    ),
    epilog=examples(
        "tkt sla status",
        "tkt sla status --within 2h --mine",
        "tkt sla status priority:P1 -sla:paused",
        "tkt sla status --group Réseau --watch",
        "tkt sla status 12345",
        "tkt sla status --all --format csv",
        "tkt sla status --as-of 2026-01-31",
    ),
)
def sla_status(
    ctx: typer.Context,
    asked: Wished = None,
    within: Within = None,
    mine: Mine = False,
    group: Group = None,
    every: Every = False,
    watching: Watching = False,
    interval: Interval = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    session = Session.of(ctx).looking_back(as_of)
    if watching:
        _require_screen(as_json or format is not None)
        _require_present(as_of)
    elif interval is not None:
        raise CannotWatch(_("--interval says how often --watch shows it again: it goes with --watch."))
    wanted = _wanted(session, asked, within, mine, group or [], every)
    if watching:
        # "nan" is neither more nor less than any number, and so is within every range: it becomes the longest.
        _watch(session, wanted, min(_DAY, interval or INTERVAL))
    else:
        with session.reading() as desk:
            report = wanted.look(desk)
        _show(session, report, as_json, format)


def _require_screen(written: bool) -> None:
    if written:
        raise CannotWatch(_("--watch draws on a terminal: it goes with neither --json nor --format."))
    if not draws_screens():
        raise CannotWatch(_("--watch draws on a terminal, and standard output is none."))


def _require_present(as_of: str | None) -> None:
    if as_of is not None:
        raise CannotWatch(_("--watch shows what is going on: it does not go with --as-of."))


def _wanted(
    session: Session, asked: list[str] | None, within: str | None, mine: bool, group: list[str], every: bool
) -> Wanted:
    from tkt.domain.duration import read_duration

    ids, terms = wished(session.desk, asked)
    options = ([("assignee", ["me"])] if mine else []) + ([("group", group)] if group else [])
    seconds = read_duration(within) if within is not None else None
    return Wanted(ids, terms, options, every or bool(ids), seconds)


def _show(session: Session, report: SlaCheck, as_json: bool, format: str | None) -> None:
    desk = session.desk
    rows = [(row.ticket, row.clocks) for row in report.rows]
    if as_json:
        from tkt.presentation.json_form import dump, sla_json

        typer.echo(dump(sla_json(rows, desk.now, report.olas)), nl=False)
    else:
        from tkt.presentation.clocks.sla_table import sla_table

        print_table(sla_table(rows, desk.settings.timezone, desk.now, format or "table", report.olas), format)
        if not rows:
            tell(_("No ticket."))
    tell_unreadable(report.unreadable)


def _watch(session: Session, wanted: Wanted, seconds: float) -> None:
    """Show it until the person ends it, which is how it ends well."""
    import time

    from tkt.cli.main import Ended
    from tkt.desk.querying import context_of
    from tkt.desk.watching import Watch
    from tkt.presentation.clocks.live_screen import live_screen

    watch = Watch(wanted.query(context_of(session.desk)).steady)
    try:
        with session.reading() as desk:
            picture = _picture(desk, wanted, watch)
        with live_screen(sys.stdout) as draw:
            while True:
                draw(picture)
                time.sleep(seconds)
                picture = _next_picture(session, wanted, watch)
    except Ended:
        raise
    except KeyboardInterrupt:
        return


def _next_picture(session: Session, wanted: Wanted, watch: Watch) -> str:
    """The clocks at a later moment, by the settings of then; what is in the way may be gone the next time."""
    from tkt.presentation.clocks.sla_screen import trouble_screen

    later = Session(session.options, session.command)
    try:
        return _picture(later.desk, wanted, watch)
    except TktError as error:
        now = later.moment(session.desk.settings.timezone)[0]
        return trouble_screen(str(error), now, _terminal(), color=has_color())


def _picture(desk: Desk, wanted: Wanted, watch: Watch) -> str:
    from tkt.presentation.clocks.sla_screen import Counted, sla_screen

    report = wanted.look(desk, watch)
    rows = [(row.ticket, row.clocks) for row in report.rows]
    counted = Counted(len(rows), len(report.breached), len(report.at_risk), len(report.unreadable))
    return sla_screen(rows, counted, _terminal(), desk.settings.timezone, desk.now, report.olas, color=has_color())


def _terminal() -> Size:
    import shutil

    from tkt.presentation.clocks.sla_screen import Size

    return Size(*shutil.get_terminal_size())
