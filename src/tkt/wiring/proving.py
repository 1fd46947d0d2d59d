"""Holding what is staged, pushed or long committed against the rules of tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.store.desk_folder import NotADesk, find_desk

if TYPE_CHECKING:
    from tkt.desk.checking import CheckReport
    from tkt.git.audit.audit import Audited
    from tkt.wiring.desks import Moment


def audit_history(
    here: Path,
    words: Sequence[str],
    *,
    since_last: bool = False,
    require_signed: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Audited:
    """Prove the commits that `words` mean: of the desk that `here` lies in, else of all desks of its repository.

    Raises NotARepository, NotARange and UnknownRange.
    """
    from tkt.git.audit.audit import audit
    from tkt.git.audit.past import Past, range_of
    from tkt.git.audit.proven import audit_since_last

    revisions = range_of(words)
    past = Past.of(here, _desk_at(here))
    if since_last:
        return audit_since_last(past, words, require_signed=require_signed, progress=progress)
    return audit(past, revisions, require_signed=require_signed, progress=progress)


def _desk_at(here: Path) -> Path | None:
    """The desk that `here` lies in; a bare repository holds desks without being in one."""
    try:
        return find_desk(here)
    except NotADesk:
        return None


def check_index(here: Path, moment: Moment) -> CheckReport:
    """Check the tickets that are staged in the repository of `here`, whichever desk they lie in."""
    from tkt.git.audit.staged import check_staged
    from tkt.git.repository import Repository

    return check_staged(Repository.of(here), lambda zone: moment(zone)[0])


def audit_push(
    here: Path, lines: Sequence[str], *, remote: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Audited:
    """Prove what git tells a hook is pushed: `pre-push` to a `remote`, or where there is none `pre-receive`."""
    from tkt.git.audit.past import Past
    from tkt.git.audit.pushes import audit_updates, pushed, received

    updates, known = (received(lines), "--all") if remote is None else (pushed(lines), f"--remotes={remote}")
    return audit_updates(Past.of(here), updates, [known], progress=progress)
