"""Listing tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from tkt.cli.arguments import AsFormat, AsJson, Asked, AsOf, AtCommit, Columns, GroupedBy, Limit, NoPager, Sort, new_app
from tkt.cli.lists import Look, show_list
from tkt.cli.options import AskingVerb, examples
from tkt.cli.saying import tell_unreadable, tell_untold
from tkt.cli.session import Session
from tkt.errors import CalledWrongly, TktError
from tkt.language import _

app = new_app()

Many = list[str] | None


@app.command(
    "list",
    cls=AskingVerb,
    help=_(
        "List tickets: open ones, next due first, a screenful. QUERY is the language of docs/queries.md: key:value in "
        "words of either language, several by commas, and words to look for."
    ),
    epilog=examples(
        "tkt list",
        'tkt list priority:P1,P2 -tag:vip "relay denied"',
        'tkt list "state:en attente" "age:>3bd" group:Réseau',
        "tkt list --mine --priority P1,P2",
        'tkt list --state "en attente" --group Réseau --sort priority,-opened',
        "tkt list --by assignee --columns id,title,age,resolution.remaining",
        "tkt list --all --requester compta --format csv",
    ),
)
def list_(
    ctx: typer.Context,
    query: Asked = None,
    state: Annotated[Many, typer.Option("--state", help=_("Only these states; “open” is any open one."))] = None,
    priority: Annotated[Many, typer.Option("--priority", help=_("Only these priorities."))] = None,
    type: Annotated[Many, typer.Option("--type", help=_("Only these types."))] = None,
    level: Annotated[Many, typer.Option("--level", help=_("Only these support levels."))] = None,
    assignee: Annotated[
        Many, typer.Option("--assignee", help=_("Held by someone of this name, or a part of it."))
    ] = None,
    group: Annotated[Many, typer.Option("--group", help=_("Held by a group of this name, or a part of it."))] = None,
    category: Annotated[Many, typer.Option("-c", "--category", help=_("In a category that holds these words."))] = None,
    requester: Annotated[
        Many, typer.Option("-r", "--requester", help=_("Asked by this name, address or department."))
    ] = None,
    asset: Annotated[Many, typer.Option("--asset", help=_("About this configuration item."))] = None,
    tag: Annotated[Many, typer.Option("--tag", help=_("With this tag."))] = None,
    mine: Annotated[bool, typer.Option("--mine", help=_("Held by me."))] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help=_("Held by nobody."))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("With a running clock over its target."))] = False,
    every: Annotated[bool, typer.Option("--all", help=_("Closed and cancelled ones too, and every line."))] = False,
    columns: Columns = None,
    sort: Sort = None,
    by: GroupedBy = None,
    limit: Limit = None,
    as_of: AsOf = None,
    at_commit: AtCommit = None,
    as_json: AsJson = False,
    format: AsFormat = None,
    no_pager: NoPager = False,
) -> None:
    from tkt.desk.listing import list_tickets
    from tkt.desk.querying import context_of, read_asked
    from tkt.store.unreadable_ticket import UnreadableTicket

    session = Session.of(ctx).looking_back(as_of, at_commit)
    if mine and (unassigned or assignee):
        raise CalledWrongly(_("--mine goes with neither --unassigned nor --assignee."))
    coded = {"state": state, "priority": priority, "type": type, "level": level}
    named = {"assignee": assignee, "group": group, "category": category, "requester": requester, "asset": asset}
    flags = (("assignee", "me", mine), ("no", "assignee", unassigned), ("overdue", "yes", overdue))
    options = _terms(coded, named, tag or (), [(key, value) for key, value, given in flags if given])
    look = Look(columns, sort, by, limit, every, as_json, format, not no_pager)
    layout = look.layout()
    unreadable: list[UnreadableTicket] = []
    untold: list[TktError] = []
    with session.reading() as desk:
        context = context_of(desk, untold.append)
        wanted = read_asked(query or (), context, options, every=every)
        rows = list_tickets(desk, wanted, context, layout, unreadable)
    show_list(session, look, layout, rows, chosen=columns is not None)
    tell_unreadable(unreadable)
    tell_untold(untold)


def _terms(
    coded: Mapping[str, Many], named: Mapping[str, Many], tags: Sequence[str], flags: Sequence[tuple[str, str]]
) -> list[tuple[str, Sequence[str]]]:
    """The options as terms of a query: words of a vocabulary also several by commas, and every tag is a term."""
    from tkt.desk.querying import several

    return [
        *((key, several(said)) for key, said in coded.items() if said),
        *((key, said) for key, said in named.items() if said),
        *(("tag", [one]) for one in tags),
        *((key, [value]) for key, value in flags),
    ]
