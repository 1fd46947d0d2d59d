"""Links between tickets: written in both files at once, so that each shows it without reading the other."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.desk.desk import Desk
from tkt.desk.said import Said
from tkt.desk.writing import Done, NothingToDo, Step, add_entries, save
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
    with desk.turn() as desk:
        desk.recorder.prepare([desk.path(ticket_id), desk.path(to)])
        ends = ((ticket_id, f"{kind}:{to}"), (to, f"{INVERSE_LINK[kind]}:{ticket_id}"))
        done = [one_end(desk, end, said, (member,)) for end, member in ends]
        if not any(one.entries for one in done):
            raise NothingToDo(ticket_id)
        save(desk, [one for one in done if one.entries], touched=done[0])
    return done


def one_end(desk: Desk, ticket_id: str, said: Said, members: Sequence[str]) -> Done:
    """One ticket's end of links, `kind:id` (nothing is on disk yet); no entry where they stand there already."""
    file = desk.load(ticket_id)
    ticket = file.require_sound()
    joined = tuple(one for one in dict.fromkeys(members) if one not in ticket.links)
    steps = [Step("link", (SetChange("links", joined),))] if joined else []
    return add_entries(desk, file, ticket, said, desk.actor(said.by, ticket.requester), steps)
