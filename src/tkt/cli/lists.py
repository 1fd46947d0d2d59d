"""How lists of tickets are shown: laid out as asked for, a screenful or all, in the pager where it is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tkt.cli.paging import show
from tkt.cli.session import Session, has_color, screenful, terminal_width
from tkt.cli.telling import tell
from tkt.language import _

if TYPE_CHECKING:
    from tkt.columns.layout import Layout, Section
    from tkt.query.candidate import Candidate


@dataclass(frozen=True)
class Look:
    """What a command line says of how its list is shown; `every`: each line of it."""

    columns: Sequence[str] | None = None
    sort: Sequence[str] | None = None
    by: str | None = None
    limit: int | None = None
    every: bool = False
    as_json: bool = False
    format: str | None = None
    paged: bool = True

    def layout(self, unless_said: Layout | None = None) -> Layout:
        """The layout that it asks for; what it does not say is as in `unless_said`, or as in every list."""
        from tkt.columns.layout import Layout
        from tkt.columns.naming import read_columns, read_grouping, read_orders

        before = unless_said or Layout()
        return Layout(
            before.columns if self.columns is None else read_columns(self.columns),
            (self.sort and read_orders(self.sort)) or before.orders,
            before.by if self.by is None else read_grouping(self.by),
        )

    def most(self) -> int | None:
        """How many tickets are shown, None for all: a screenful on a terminal, everything elsewhere."""
        if self.limit is not None:
            return self.limit or None
        return None if self.every or self.as_json else screenful()


def show_list(session: Session, look: Look, layout: Layout, rows: Sequence[Candidate], *, chosen: bool) -> None:
    """Show arranged tickets, and say what is left out; `chosen`: a document too has the columns of the layout alone."""
    from tkt.columns.layout import cut

    sections = cut(layout.sections(rows), look.most())
    if look.as_json:
        from tkt.presentation.json_form import dump
        from tkt.presentation.list_json import list_json

        show(dump(list_json(layout, sections, len(rows), chosen=chosen)), session.folder, paged=False)
        return
    show(_drawn(look, layout, sections), session.folder, paged=look.paged)
    shown = sum(len(section.rows) for section in sections)
    if shown < len(rows):
        tell(_("{shown} of {all} tickets; --limit 0 shows all.").format(shown=shown, all=len(rows)))
    elif not rows:
        tell(_("No ticket."))


def _drawn(look: Look, layout: Layout, sections: Sequence[Section]) -> str:
    from tkt.presentation.listing import listing

    width = terminal_width()
    return listing(layout, sections, look.format or ("table" if width else "plain"), width=width, color=has_color())
