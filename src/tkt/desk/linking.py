"""Links between tickets: written in both files at once, so that each shows it without reading the other."""

from __future__ import annotations

from tkt.desk.desk import Desk
from tkt.desk.editing import NothingToDo
from tkt.desk.said import Said, require_text
from tkt.desk.writing import Done, Step, add_entries, save
from tkt.domain.entry import SetChange
from tkt.domain.words import INVERSE_LINK, LINK
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _


class LinkToItself(RuleRefuses):
    """A ticket cannot be linked to itself."""


class UnreadableLink(CalledWrongly):
    """A link that is not `kind:ticket`."""


def read_link(desk: Desk, text: str) -> tuple[str, str]:
    """The kind and the ticket's id that `related-to:12345` means."""
    kind, colon, reference = text.partition(":")
    if not colon:
        raise UnreadableLink(_("“{link}” is no link: write kind:ticket, such as related-to:12345.").format(link=text))
    return LINK.read(kind), desk.find(reference)


def link(desk: Desk, ticket_id: str, said: Said, kind: str, to: str) -> list[Done]:
    """Link two tickets in one commit; raises LinkToItself, and NothingToDo when they are linked so already."""
    if ticket_id == to:
        raise LinkToItself(_("{id} cannot be linked to itself.").format(id=to))
    desk.require_writable()
    require_text(said.text)
    with desk.recorder.lock():
        desk.recorder.prepare([desk.path(ticket_id), desk.path(to)])
        done = [one_end(desk, ticket_id, said, kind, to), one_end(desk, to, said, INVERSE_LINK[kind], ticket_id)]
        if not any(one.entries for one in done):
            raise NothingToDo(_("{id}: nothing to change; it stands so already.").format(id=ticket_id))
        save(desk, [one for one in done if one.entries][::-1])
    return done


def one_end(desk: Desk, ticket_id: str, said: Said, kind: str, to: str) -> Done:
    """One ticket's end of a link (nothing is on disk yet); no entry where it stands there already."""
    file = desk.load(ticket_id)
    ticket = file.require_sound()
    member = f"{kind}:{to}"
    steps = [] if member in ticket.links else [Step("link", (SetChange("links", (member,)),))]
    return add_entries(desk, file, ticket, said, desk.actor(said.by, ticket.requester), steps)
