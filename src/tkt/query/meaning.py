"""The table of keys: what each asks of a ticket, how its values are read, and what it is to have one."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.domain import words
from tkt.domain.bounds import Bounds
from tkt.domain.words import UnknownWord, did_you_mean
from tkt.language import _, pgettext
from tkt.query.clock_terms import OVERDUE, POLICY, verdicts
from tkt.query.context import Context
from tkt.query.elsewhere import key_elsewhere
from tkt.query.fields import ASSIGNEE, CATEGORY, REASON, coded, field, value_of
from tkt.query.lengths import count_reader, since_reader
from tkt.query.reading import Asked, Kind, Read, Reader, WrongValue, text_reader, words_reader
from tkt.query.references import ID, LINKED
from tkt.query.stretches import moment_reader, opened_within, said_within
from tkt.query.terms import Meaning
from tkt.query.tokens import Value
from tkt.query.vocabulary import DAYS, KEY, OPEN_STATES, STATES, YES_NO, spoken


class UnknownKey(UnknownWord):
    """A word before a colon that is no key."""


def key_of(text: str) -> str:
    """The key that a person means: its code word, a label, or a key of the desk's own (`x_…`); raises UnknownKey."""
    if text.startswith("x_"):
        return text
    key = spoken(KEY, text)
    if key is None:
        why = _("“{word}” is not a known {vocabulary}.").format(word=text, vocabulary=pgettext(*KEY.name))
        why += _meant(text)
        raise UnknownKey(_("{why} In quotes it is a text to look for.").format(why=why))
    return key


def _meant(text: str) -> str:
    """A sentence that offers the key that goes by that name elsewhere, or the nearest, as the reader says it."""
    labels = {code: KEY.label(code).replace(" ", "_") for code in KEY.codes}
    also = key_elsewhere(text)
    if also is not None:
        return " " + _("Did you mean {word}?").format(word=labels[also])
    return did_you_mean(text, [*labels.values(), *KEY.codes])


def meaning_of(key: str, operator: str, values: Sequence[Value], context: Context) -> Read:
    """The values of a term as they are written, and what it asks; raises what is wrong with them."""
    return _kind(key).read(Asked(key, operator, values, context))


def words_of(key: str) -> tuple[str, ...]:
    """The words that a key takes, in their order, beside what anybody may write."""
    if key in ("has", "no"):
        return tuple(code for code, kind in _KINDS.items() if kind.present is not None)
    return _kind(key).words


def _kind(key: str) -> Kind:
    return field(key) if key.startswith("x_") else _KINDS[key]


def _presence(wanted: bool) -> Reader:
    """Reads the keys of which a ticket must have a value, or must have none."""

    def read(asked: Asked) -> Read:
        asked.require_list()
        keys = tuple(key_of(value.text) for value in asked.values)
        kinds = [_kind(key) for key in keys]
        for key, kind in zip(keys, kinds, strict=True):
            if kind.present is None:
                raise WrongValue(_("Every ticket has “{key}”, or none.").format(key=key))
        tests = [kind.present for kind in kinds if kind.present is not None]
        bounds = Bounds(assignees=frozenset({""})) if keys == ("assignee",) and not wanted else Bounds()
        return keys, Meaning(
            lambda one: any(test(one) is wanted for test in tests),
            bounds,
            steady=False,
            asks_clocks=any(kind.asks_clocks for kind in kinds),
        )

    return read


_KINDS = {
    "id": ID,
    "state": Kind(
        words_reader(STATES, value_of("state"), lambda codes: Bounds(states=codes), {"open": OPEN_STATES}),
        words=STATES.codes,
    ),
    "priority": coded("priority", words.PRIORITY, lambda codes: Bounds(priorities=codes)),
    "type": coded("type", words.KIND, lambda codes: Bounds(types=codes)),
    "level": coded("level", words.LEVEL),
    "impact": coded("impact", words.IMPACT),
    "urgency": coded("urgency", words.URGENCY),
    "assignee": ASSIGNEE,
    "group": field("group"),
    "requester": field("requester.name", "requester.email", "requester.department"),
    "department": field("requester.department"),
    "email": field("requester.email"),
    "phone": field("requester.phone"),
    "location": field("requester.location"),
    "category": CATEGORY,
    "asset": field("asset"),
    "tag": Kind(text_reader(lambda one: one.ticket.tags, whole=True), lambda one: bool(one.ticket.tags)),
    "via": coded("via", words.VIA),
    "title": field("title"),
    "reason": REASON,
    "cause": field("cause"),
    "action": field("action"),
    "code": field("code"),
    "opened": Kind(moment_reader(lambda one: one.ticket.opened_at, opened_within), words=DAYS.codes),
    "updated": Kind(moment_reader(lambda one: one.ticket.last_said_at, said_within), words=DAYS.codes),
    "answered": Kind(
        moment_reader(lambda one: one.answered_at, said_within), lambda one: one.answered_at is not None, DAYS.codes
    ),
    "resolved": Kind(
        moment_reader(lambda one: one.resolved_at, said_within), lambda one: one.resolved_at is not None, DAYS.codes
    ),
    "closed": Kind(
        moment_reader(lambda one: one.closed_at, said_within), lambda one: one.closed_at is not None, DAYS.codes
    ),
    "due": Kind(
        moment_reader(lambda one: one.due, ahead=True, asks_clocks=True),
        lambda one: one.due is not None,
        DAYS.codes,
        asks_clocks=True,
    ),
    "age": Kind(since_reader(lambda one: one.ticket.opened_at, opened_within)),
    "idle": Kind(since_reader(lambda one: one.ticket.last_said_at, said_within)),
    "sla": verdicts("response", "resolution"),
    "response": verdicts("response"),
    "resolution": verdicts("resolution"),
    "policy": POLICY,
    "overdue": OVERDUE,
    "reopened": Kind(
        count_reader(lambda one: len(one.timeline.reopenings)),
        lambda one: bool(one.timeline.reopenings),
        YES_NO.codes,
    ),
    "rating": Kind(count_reader(lambda one: one.rating), lambda one: one.rating is not None),
    "linked": LINKED,
    "has": Kind(_presence(True)),
    "no": Kind(_presence(False)),
}
