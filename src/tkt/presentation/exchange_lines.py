"""What a sync did, in lines: what came in, what went out, what changed its number, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.domain import words
from tkt.domain.exchange import Exchange, Passage, Waiting
from tkt.language import _, ngettext
from tkt.presentation import labels
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted

_SHOWN = 20
_NAMED = 3


def exchange_lines(exchange: Exchange, *, color: bool = False) -> str:
    """The report, a line for each ticket; each line ends with a line end."""
    return "".join(f"{line}\n" for line in _lines(exchange, color))


def _lines(exchange: Exchange, color: bool) -> Iterator[str]:
    if not exchange.remote:
        yield waiting_words(exchange.waiting)
        yield _("There is no remote: make one with `git remote add origin ADDRESS`, then `tkt sync`.")
        return
    yield from _travelled(painted(_("In:"), "title", color), exchange.incoming)
    yield from _travelled(painted(_("Out:"), "title", color), exchange.outgoing)
    if exchange.merged_instead:
        yield _("Merged, though this branch is set to rebase: {why}.").format(why=exchange.merged_instead)
    for ticket_id, keys in exchange.unsettled:
        fields = ", ".join(labels.field(key) for key in keys)
        yield _(
            "{id}: both sides moved {fields}: `tkt show {id}` tells how, `tkt settle {id}` keeps what stands."
        ).format(id=ticket_id, fields=fields)
    if exchange.unreserved:
        yield _("No numbers could be reserved ({why}).").format(why=one_line(exchange.unreserved))
    for first, last in exchange.reserved:
        yield _("Numbers {first} to {last} are reserved for new tickets here.").format(first=first, last=last)
    yield from _delivered(exchange)


def _delivered(exchange: Exchange) -> Iterator[str]:
    goal = f"{exchange.remote}/{exchange.upstream}"
    if exchange.review_branch:
        message = _(
            "{goal} takes no push: {commits} went to {branch} there. Open a pull request from it into {upstream}."
        )
        yield message.format(
            goal=one_line(goal),
            commits=_commits(exchange.waiting.commits),
            branch=exchange.review_branch,
            upstream=one_line(exchange.upstream),
        )
        yield from map(one_line, exchange.addresses)
    elif exchange.pushed:
        yield _("{commits} pushed to {goal}.").format(commits=_commits(exchange.pushed), goal=one_line(goal))
    elif not exchange.incoming:
        yield _("All is as on {goal}.").format(goal=one_line(goal))


def _travelled(heading: str, passages: Sequence[Passage]) -> Iterator[str]:
    for one in passages[:_SHOWN]:
        yield f"{heading} {one.id}: {_what_happened(one)} - {one_line(one.title)}"
    more = len(passages) - _SHOWN
    if more > 0:
        yield f"{heading} " + ngettext("… and {count} more ticket", "… and {count} more tickets", more).format(
            count=more
        )


def _what_happened(one: Passage) -> str:
    states = [
        words.STATE.label(state) if state in words.STATE else one_line(state) for state in (one.before, one.after)
    ]
    moved = [f"{states[0]} → {states[1]}"] if one.before and one.before != one.after else []
    if not one.before:
        moved = [_("opened, {state}").format(state=states[1])]
    if one.entries is None:
        moved = [_("cannot be read")]
    elif one.before and one.entries > 0:
        entries = ngettext("{count} entry", "{count} entries", one.entries).format(count=one.entries)
        moved.append(entries)
    return ", ".join(moved) or _("edited")


def waiting_words(left: Waiting) -> str:
    """What is only here, in a sentence."""
    if not left.commits:
        return _("Nothing waits here.")
    words = ngettext("{commits} waits here", "{commits} wait here", left.commits).format(commits=_commits(left.commits))
    if not left.tickets:
        return f"{words}."
    named = ", ".join(left.tickets[:_NAMED])
    more = f" (+{len(left.tickets) - _NAMED})" if len(left.tickets) > _NAMED else ""
    return _("{commits}, of {tickets}.").format(commits=words, tickets=named + more)


def _commits(count: int) -> str:
    return ngettext("{count} commit", "{count} commits", count).format(count=count)
