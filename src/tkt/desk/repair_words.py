"""What a repair did to a ticket, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tkt.domain.entry import Entry
from tkt.domain.quotation import quoted
from tkt.domain.redaction import place_of
from tkt.language import _, ngettext
from tkt.store.front_matter import FrontMatter

_MOST = 3


def of_entries(before: Iterable[Entry], after: Sequence[Entry]) -> Iterator[str]:
    """What became of the entries: put back, taken out where a merge had doubled or mixed them, put in order."""
    stood, stands = Counter(before), Counter(after)
    back, out = list((stands - stood).elements()), list((stood - stands).elements())
    if back:
        message = ngettext("put back {count} entry: {places}", "put back {count} entries: {places}", len(back))
        yield message.format(count=len(back), places=_places(back))
    doubled = [entry for entry in out if stands[entry]]
    if doubled:
        message = ngettext(
            "took out {count} entry that stood twice: {places}",
            "took out {count} entries that stood twice: {places}",
            len(doubled),
        )
        yield message.format(count=len(doubled), places=_places(doubled))
    mixed = [entry for entry in out if not stands[entry]]
    if mixed:
        message = ngettext(
            "took out {count} entry that a merge had mixed out of others: {places}",
            "took out {count} entries that a merge had mixed out of others: {places}",
            len(mixed),
        )
        yield message.format(count=len(mixed), places=_places(mixed))
    kept = [entry for entry in dict.fromkeys(before) if stands[entry]]
    if kept != [entry for entry in after if stood[entry]]:
        yield _("put the entries back in order")


def _places(entries: Sequence[Entry]) -> str:
    shown = [place_of(entry) for entry in entries[:_MOST]]
    more = [_("… and {count} more").format(count=len(entries) - _MOST)] if len(entries) > _MOST else []
    return ", ".join([*shown, *more])


def of_snapshot(stood: FrontMatter, stands: FrontMatter) -> Iterator[str]:
    """What the journal put back into the front matter."""
    for key in dict.fromkeys([*stood.fields, *stands.fields]):
        old, new = stood.fields.get(key, ""), stands.fields.get(key, "")
        if old != new:
            message = _("{key} is {new} again, as the journal says, and not {old}")
            yield message.format(key=key, new=quoted(new), old=quoted(old))
    for key in ("tags", "links", "aliases"):
        if set(stood.members(key)) != set(stands.members(key)):
            yield _("{key} are as the journal says").format(key=key)
