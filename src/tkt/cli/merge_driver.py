"""`tkt-merge %O %A %B %P`: two versions of a ticket made one for git; started for each ticket, so it loads little."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from tkt.language import _

CLEAN, CONFLICT, NOT_MERGED = 0, 1, 2


class _Outcome(NamedTuple):
    """What becomes of a file: its bytes, whether they hold no markers, and what there is to say of it."""

    data: bytes
    clean: bool
    words: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Merge the versions %A and %B, which grew from %O, into %A, and give the exit code.

    0: clean. 1: there are conflicts, marked in %A, and a line on standard error says which. 2: not even git could
    merge, or the call is wrong; %A is then as it was. Whatever else goes wrong, git's own line merge has the last word.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 4:
        print("tkt-merge %O %A %B %P", file=sys.stderr)
        return NOT_MERGED
    try:
        return _merge_into(*given)
    except Exception as error:
        _say(given[3], str(error) or repr(error))
        return NOT_MERGED


def _merge_into(base: str, mine: str, theirs: str, path: str) -> int:
    versions = (_read(base), _read(mine), _read(theirs))
    try:
        outcome = _of_tickets(*versions, path)
    except Exception as bug:
        _speak(path)
        words = _("A bug in tkt: {bug}. Git merged it line by line.").format(bug=repr(bug))
        outcome = _of_lines(*versions, words)
    if outcome.data != versions[1]:
        _replace(mine, outcome.data)
    if outcome.words:
        _say(path, outcome.words)
    return CLEAN if outcome.clean else CONFLICT


def _of_tickets(base: bytes, ours: bytes, theirs: bytes, path: str) -> _Outcome:
    from tkt.errors import Unreadable
    from tkt.store.merging.ticket_merge import DifferentTickets, merge_tickets

    try:
        merged = merge_tickets(base or None, ours, theirs, _merge_lines)
    except DifferentTickets:
        return _both_whole(ours, theirs, path)
    except Unreadable:
        _speak(path)
        words = _("a version of it cannot be read as a ticket, so git merged it line by line: run `tkt check`.")
        return _of_lines(base, ours, theirs, words)
    if not merged.conflicts:
        return _Outcome(merged.data, True)
    _speak(path)
    words = _("both sides changed {what}: put it right between the marks, then `git add` the file.")
    return _Outcome(merged.data, False, words.format(what=", ".join(merged.conflicts)))


def _both_whole(ours: bytes, theirs: bytes, path: str) -> _Outcome:
    from tkt.git.line_merge import both_whole

    _speak(path)
    words = _(
        "two tickets got this number; both stand in the file between marks. `tkt sync` or `tkt check --repair {id}` "
        "gives one of them another."
    )
    ticket_id = os.path.basename(path).removesuffix(".md")
    return _Outcome(both_whole(ours, theirs), False, words.format(id=ticket_id))


def _of_lines(base: bytes, ours: bytes, theirs: bytes, words: str) -> _Outcome:
    from tkt.git.line_merge import merge_bytes

    return _Outcome(*merge_bytes(base, ours, theirs), words)


def _merge_lines(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    from tkt.git.line_merge import merge_lines

    return merge_lines(base, ours, theirs)


def _read(name: str) -> bytes:
    with open(name, "rb") as file:
        return file.read()


def _replace(name: str, data: bytes) -> None:
    """Whole or not at all. It is git's own passing copy: nothing of it need outlive a power cut."""
    temporary = f"{name}.tkt"
    try:
        with open(temporary, "xb") as file:
            file.write(data)
        os.replace(temporary, name)
    except BaseException:
        if os.path.lexists(temporary):
            os.unlink(temporary)
        raise


def _speak(path: str) -> None:
    """Speak the desk's language: git stands at the top of the work tree and names the file from there."""
    from pathlib import Path

    from tkt.cli.desk_language import language_at
    from tkt.language import speak

    folder = Path(path).absolute().parent
    speak(language_at(next(place for place in (folder, *folder.parents) if place.is_dir())))


def _say(path: str, words: str) -> None:
    from tkt.presentation.safe_text import one_line

    print(one_line(f"tkt: {path}: {words}"), file=sys.stderr)


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # Taking the interpreter down in good order would be a sixth of the time that a ticket takes.
    os._exit(status)
