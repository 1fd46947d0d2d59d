"""Terms that name tickets: by their ids and numbers, by those that they are linked to."""

from __future__ import annotations

from tkt.domain.identifier import is_id, number_of, padded, read_number
from tkt.language import _
from tkt.query.candidate import Candidate
from tkt.query.reading import Asked, Kind, Read, WrongValue
from tkt.query.terms import Meaning


def _ids(asked: Asked) -> Read:
    """Ids, or numbers under any prefix, also a range of numbers."""
    if asked.operator == "..":
        first, last = (_number(value.text) if value.text else None for value in asked.values)
        texts = tuple("" if one is None else str(one) for one in (first, last))
        if first is not None and last is not None and first > last:
            raise asked.wrong_way_round(*texts)
        return texts, Meaning(lambda one: _is_between(one.ticket.id, first, last))
    asked.require_list()
    found = tuple(_id(value.text) for value in asked.values)
    named, numbers = frozenset(found), frozenset(int(one) for one in found if one.isdigit())

    def test(candidate: Candidate) -> bool:
        return any(
            one in named or _number_in(one) in numbers for one in (candidate.ticket.id, *candidate.ticket.aliases)
        )

    return found, Meaning(test)


def _id(text: str) -> str:
    number, full = read_number(text), padded(text)
    if number is None and not is_id(full):
        raise WrongValue(_("“{text}” is no ticket: write INC0012345 or its number.").format(text=text))
    return full if number is None else str(number)


def _number(text: str) -> int:
    number = read_number(text)
    return number_of(_id(text)) if number is None else number


def _number_in(ticket_id: str) -> int | None:
    return number_of(ticket_id) if is_id(ticket_id) else None


def _is_between(ticket_id: str, first: int | None, last: int | None) -> bool:
    number = _number_in(ticket_id)
    return number is not None and (first is None or first <= number) and (last is None or number <= last)


def _linked(asked: Asked) -> Read:
    """Tickets that are linked to one of some others."""
    asked.require_list()
    found = tuple(_id(value.text) for value in asked.values)
    named, numbers = frozenset(found), frozenset(int(one) for one in found if one.isdigit())

    def test(candidate: Candidate) -> bool:
        others = (link.rpartition(":")[2] for link in candidate.ticket.links)
        return any(other in named or _number_in(other) in numbers for other in others)

    return found, Meaning(test)


ID = Kind(_ids)
LINKED = Kind(_linked, lambda one: bool(one.ticket.links))
