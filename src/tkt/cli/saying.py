"""What a command says beside what it prints: on standard error, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tkt.cli.telling import tell
from tkt.domain import words
from tkt.errors import TktError
from tkt.language import _, pgettext

if TYPE_CHECKING:
    from tkt.cli.session import Session
    from tkt.desk.recording import Recorder
    from tkt.desk.writing import Done

_MOST = 5


def tell_done(session: Session, done: Sequence[Done]) -> None:
    """Say what happened to each ticket."""
    for one in done:
        tell(f"{one.after.id}: {_what_happened(one)}")
        # Asked again: the command may have waited for another one's turn to end.
        if one.entries and one.entries[-1].at > session.moment(session.desk.settings.timezone)[0]:
            tell(_("The last entry is later than this machine's clock: its instant was taken."))
    tell_off_branch(session.desk.recorder)


def tell_off_branch(recorder: Recorder) -> None:
    """Warn of a commit that the next checkout would leave behind."""
    if recorder.is_off_branch():
        tell(_("HEAD is detached: the commit is on no branch and is soon lost. Keep it: git switch -c BRANCH"))


def _what_happened(done: Done) -> str:
    states = [words.STATE.label(state) for state in done.states]
    parts = [" → ".join(states)] if len(states) > 1 or done.before is None else []
    parts += [_held(done)] if _held(done) else []
    changed = done.before and done.before.priority != done.after.priority
    parts += [*_settled(done)]
    parts += [f"{done.before.priority} → {done.after.priority}"] if changed and done.before else []
    public = any(entry.public for entry in done.entries)
    return ", ".join([*(parts or [_("recorded")]), *([_("said to the requester")] if public else [])])


def _settled(done: Done) -> Iterator[str]:
    """What stays as it is, and is now sure to."""
    for key in (change.new for entry in done.entries for change in entry.field_changes() if change.key == "settled"):
        from tkt.presentation import labels

        value = labels.value(key, done.after.get(key)) or pgettext("value", "none")
        yield _("{field} stays {value}").format(field=labels.field(key), value=value)


def _held(done: Done) -> str:
    before, after = done.before, done.after
    held = (after.assignee, after.level, after.group)
    if (before is None and not after.assignee) or (before and held == (before.assignee, before.level, before.group)):
        return ""
    who = after.assignee or _("nobody")
    return " ".join(part for part in (who, after.level, after.group) if part)


def tell_untold(troubles: Sequence[TktError]) -> None:
    """Say why the clocks of some tickets could not be told: each reason once."""
    for reason in dict.fromkeys(str(trouble) for trouble in troubles):
        tell(_("Clocks that cannot be told: {why}").format(why=reason))


def tell_unreadable(errors: Sequence[TktError]) -> None:
    """Say which files could not be read, so that a list never passes for complete when it is not."""
    for error in errors[:_MOST]:
        tell(str(error))
    if len(errors) > _MOST:
        tell(_("… and {count} more; `tkt check` names all.").format(count=len(errors) - _MOST))
