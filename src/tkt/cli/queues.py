"""The desk's queues: counted, or opened as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, Asked, AsOf, Columns, GroupedBy, Limit, NoPager, Sort, new_app
from tkt.cli.completion import queue_names
from tkt.cli.lists import Look, show_list
from tkt.cli.options import AskingVerb, examples
from tkt.cli.printing import print_table
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.errors import CalledWrongly, TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.store.unreadable_ticket import UnreadableTicket

app = new_app()


class NoQueueToLayOut(CalledWrongly):
    """Options of a list where the queues are counted."""


@app.command(
    "queue",
    cls=AskingVerb,
    help=_(
        "Count the desk's queues, or open one: a query with columns and an order under a name, in tkt.yaml "
        "(docs/queues.md). A QUERY narrows it down."
    ),
    epilog=examples(
        "tkt queue",
        "tkt queue mine",
        "tkt queue unassigned priority:P1,P2",
        "tkt queue breached --by group --columns id,title,age",
        "tkt queue at-risk --json",
    ),
)
def queue(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help=_("The queue to open; none counts them all."), autocompletion=queue_names
        ),
    ] = None,
    query: Asked = None,
    columns: Columns = None,
    sort: Sort = None,
    by: GroupedBy = None,
    limit: Limit = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    format: AsFormat = None,
    no_pager: NoPager = False,
) -> None:
    session = Session.of(ctx)
    look = Look(columns, sort, by, limit, as_json=as_json, format=format, paged=not no_pager)
    if name is not None:
        _open(session, look, name, query or [], as_of)
        return
    if look != Look(as_json=as_json, format=format, paged=not no_pager):
        raise NoQueueToLayOut(_("Name a queue to lay it out: `tkt queue` alone counts them."))
    _count(session, look, as_of)


def _open(session: Session, look: Look, name: str, more: list[str], as_of: str | None) -> None:
    from tkt.desk.listing import list_tickets
    from tkt.desk.querying import context_of
    from tkt.desk.queues import find_queue, layout_of, query_of_queue

    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading(as_of) as desk:
        found = find_queue(desk, name)
        layout = look.layout(layout_of(found))
        context = context_of(desk, untold.append)
        rows = list_tickets(desk, query_of_queue(found, context, more), context, layout, unreadable)
    show_list(session, look, layout, rows, chosen=look.columns is not None)
    tell_unreadable(unreadable)
    tell_untold(untold)


def _count(session: Session, look: Look, as_of: str | None) -> None:
    from tkt.desk.querying import context_of
    from tkt.desk.queues import count_queues
    from tkt.presentation.queues import queue_table, queues_json

    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading(as_of) as desk:
        counted = count_queues(desk, context_of(desk, untold.append), unreadable)
    if look.as_json:
        from tkt.presentation.json_form import dump

        typer.echo(dump(queues_json(counted)), nl=False)
    else:
        print_table(queue_table(counted), look.format)
    if not counted:
        tell(_("This desk has no queue: name some under “queues” in tkt.yaml (docs/queues.md)."))
    tell_unreadable(unreadable)
    tell_untold(untold)
