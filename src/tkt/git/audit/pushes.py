"""What is pushed, as git tells its hooks: which commits are new to the other side, and which refs are rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tkt.errors import CalledWrongly
from tkt.git.audit.audit import Audited, Progress, audit
from tkt.git.audit.past import Past
from tkt.language import _

_HASH = "[0-9a-f]{40,64}"
_RECEIVED = re.compile(rf"(?P<old>{_HASH}) (?P<new>{_HASH}) (?P<ref>.+)")
# A local ref may be any expression, with blanks in it.
_PUSHED = re.compile(rf".* (?P<new>{_HASH}) (?P<ref>\S+) (?P<old>{_HASH})")


class NotAPush(CalledWrongly):
    """Lines that git does not write."""


class Update(NamedTuple):
    """A ref that is pushed: the hash that the other side has ("" for a new one) and the one it is to have."""

    ref: str
    old: str
    new: str


def received(lines: Iterable[str]) -> list[Update]:
    """What git tells `pre-receive`: `OLD NEW REF` on each line; raises NotAPush."""
    return [_update(_RECEIVED, line) for line in lines if line]


def pushed(lines: Iterable[str]) -> list[Update]:
    """What git tells `pre-push`: `LOCAL-REF NEW REMOTE-REF OLD` on each line; raises NotAPush."""
    return [_update(_PUSHED, line) for line in lines if line]


def _update(shape: re.Pattern[str], line: str) -> Update:
    found = shape.fullmatch(line)
    if found is None:
        raise NotAPush(_("“{line}” is not what git tells its hooks of a push: see githooks(5).").format(line=line))
    old, new = (one if one.strip("0") else "" for one in (found["old"], found["new"]))
    return Update(found["ref"], old, new)


def audit_updates(
    past: Past, updates: Sequence[Update], known: Sequence[str], *, progress: Progress | None = None
) -> Audited:
    """Look at every commit that is new to the other side, and hold each branch that is rewritten against what it was.

    `known` are git's options for what the other side has (`--all` on a server). A deletion brings no commit: whether
    branches may be deleted is git's to say (`receive.denyDeletes`).
    """
    commits = _commits(past, [hash_ for one in updates for hash_ in (one.old, one.new) if hash_])
    tips = [commits[one.new] for one in updates if commits.get(one.new)]
    if not tips:
        return Audited((), 0)
    olds = [commits[one.old] for one in updates if commits.get(one.old)]
    branches = [one for one in updates if one.old and one.new and one.ref.startswith("refs/heads/")]
    pairs = [(commits[one.old], commits[one.new]) for one in branches]
    rewritten = [(old, new) for old, new in pairs if new and not (old and past.is_ancestor(old, new))]
    known = ["--not", *known, *olds]
    return audit(past, [*tips, *known], rewritten=rewritten, progress=progress)


def _commits(past: Past, hashes: Sequence[str]) -> dict[str, str]:
    """The commit behind each hash, which may be a tag's; "" for what is none, or is not here."""
    asked = list(dict.fromkeys(hashes))
    answer = past.git.read(
        *("cat-file", "--batch-check=%(objectname) %(objecttype)"),
        stdin="".join(f"{one}^{{commit}}\n" for one in asked).encode(),
    )
    told = (line.split(" ") for line in answer.text.splitlines())
    return {one: words[0] if words[1] == "commit" else "" for one, words in zip(asked, told, strict=True)}
