"""Simulating: the same history under other policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, Limit, Month, Since, Types, Until, Whole
from tkt.cli.options import Verb, examples
from tkt.cli.saying import tell_unreadable
from tkt.cli.session import Session, has_color, screenful, terminal_width
from tkt.cli.sla.group import sla
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from tkt.metrics.simulation import Differing, Simulation
    from tkt.presentation.simulation import Sides


@sla.command(
    "simulate",
    cls=Verb,
    help=_(
        "Judge the tickets of a period by the policies and calendars of another settings file, beside the desk's own. "
        "Nothing is written."
    ),
    epilog=examples(
        "tkt sla simulate --settings other.yaml",
        "tkt sla simulate --settings other.yaml --month last --format markdown",
        "tkt sla simulate --settings other.yaml --all --json",
    ),
)
def sla_simulate(
    ctx: typer.Context,
    settings: Annotated[
        Path, typer.Option("--settings", metavar="FILE", help=_("The other settings, written as tkt.yaml is."))
    ],
    since: Since = None,
    until: Until = None,
    month: Month = None,
    every: Whole = False,
    type: Types = None,
    limit: Limit = None,
    as_json: AsJson = False,
    format: AsFormat = None,
) -> None:
    from tkt.desk import kpis
    from tkt.desk.simulating import other_settings, simulate_policies
    from tkt.presentation.simulation import Sides
    from tkt.store.desk_folder import SETTINGS
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx)
    others = other_settings(session.desk, session.folder / settings, str(settings))
    period = kpis.choose_period(session.desk, since=since, until=until, month=month, every=every)
    unreadable: list[UnreadableTicket] = []
    with session.reading() as desk:
        simulation = simulate_policies(desk, others, period, kpis.choose_types(type), unreadable)
    most = limit if limit is not None else None if as_json else screenful()
    shown = simulation.differing[:most] if most else simulation.differing
    _print_simulation(simulation, shown, Sides(SETTINGS, str(settings)), as_json, format)
    tell_unreadable(unreadable)


def _print_simulation(
    simulation: Simulation, shown: tuple[Differing, ...], sides: Sides, as_json: bool, format: str | None
) -> None:
    if as_json:
        from tkt.presentation.json_form import dump
        from tkt.presentation.simulation_json import simulation_json

        typer.echo(dump(simulation_json(simulation, shown, sides)), nl=False)
        return
    from tkt.presentation.simulation import notes, report

    width = terminal_width()
    chosen = format or ("table" if width else "plain")
    typer.echo(report(simulation, shown, sides, chosen, width=width, color=has_color()), nl=False)
    for note in notes(simulation, sides):
        tell(note)
    if len(shown) < len(simulation.differing):
        message = _("{shown} of {all} verdicts; --limit 0 shows all.")
        tell(message.format(shown=len(shown), all=len(simulation.differing)))
