"""What a person says with a move: the words, who says them, when, to whom, and the time it took."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tkt.domain.duration import write_duration
from tkt.domain.instant import write_instant
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _

TEXT_LIMIT = 256 * 1024
LINE_LIMIT = 500
# What ends a line or reorders it. French no-break spaces and the joiners within an emoji are text like any other.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class UnusableText(CalledWrongly):
    """Words that no ticket can hold."""


class NotYet(CalledWrongly):
    """An instant in the future."""


class TooEarly(RuleRefuses):
    """An instant before the last entry, or further back than the desk allows without a reason."""


@dataclass(frozen=True, slots=True)
class Said:
    """The options that every verb which writes takes. `spent` is in seconds; `public` None: the verb's own default.

    Raises UnusableText where no ticket can hold the words.
    """

    text: str = ""
    by: str | None = None
    at: datetime | None = None
    late: str = ""
    public: bool | None = None
    spent: int | None = None

    def __post_init__(self) -> None:
        require_text(self.text)
        require_text(self.late)


def require_text(text: str) -> str:
    """`text` as typed, when a ticket can hold it; raises UnusableText."""
    if "\0" in text:
        raise UnusableText(_("The text holds a NUL character: attach binary data with `tkt attach`."))
    size = len(text.encode(errors="surrogatepass"))
    if size > TEXT_LIMIT:
        message = _("The text is {size} bytes long; an entry holds at most {limit}. Attach it with `tkt attach`.")
        raise UnusableText(message.format(size=size, limit=TEXT_LIMIT))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnusableText(
            _("The text is not valid UTF-8 (at character {place}).").format(place=error.start)
        ) from error
    return text


def require_line(what: str, value: str) -> str:
    """`value` without its edge spaces, when it is one clean line; raises UnusableText naming `what`."""
    value = require_text(value).strip()
    bad = _CONTROL.search(value)
    if bad is not None:
        message = _("{what} holds the control character {char}: a single line of plain text is needed.")
        raise UnusableText(message.format(what=what, char=f"U+{ord(bad[0]):04X}"))
    if len(value) > LINE_LIMIT:
        message = _("{what} is {size} characters long; at most {limit} fit.")
        raise UnusableText(message.format(what=what, size=len(value), limit=LINE_LIMIT))
    return value


def stamp(said: Said, ticket: Ticket | None, now: datetime, backdate_limit: int) -> datetime:
    """The instant of a new entry (design.md, section 2): now, or `--at`, never before the last entry.

    Raises NotYet and TooEarly. Where this machine's clock runs behind the last entry, its instant counts.
    """
    last = ticket.entries[-1].at if ticket and ticket.entries else None
    if said.at is None:
        return max(now, last) if last else now
    if said.at > now:
        raise NotYet(_("{at} is in the future.").format(at=write_instant(said.at)))
    if ticket and last and said.at < last:
        message = _("{id}: {at} is before the last entry ({last}); a journal only grows forward.")
        raise TooEarly(message.format(id=ticket.id, at=write_instant(said.at), last=write_instant(last)))
    if not said.late and now - said.at > timedelta(seconds=backdate_limit):
        message = _("{at} is more than {limit} back: say why with --late WHY.")
        raise TooEarly(message.format(at=write_instant(said.at), limit=write_duration(backdate_limit)))
    return said.at
