"""What git says of a commit's signature (`%G?`), and whether that is enough."""

from __future__ import annotations

from tkt.domain.consistency import Discrepancy
from tkt.language import _

_GOOD = "G"
_ONCE_GOOD = frozenset("XY")


def fault_of_signature(letter: str) -> Discrepancy | None:
    """What is wrong with a commit's signature, None for a good one by a key that is trusted.

    One that has expired since, or whose key has, was good in its time: a warning.
    """
    if letter == _GOOD:
        return None
    if letter in _ONCE_GOOD:
        message = _("the commit's signature was good, and has expired since, or its key has")
        return Discrepancy("warning", "signature", message)
    messages = {
        "N": _("the commit is not signed"),
        "B": _("the commit's signature is bad: it was altered after it was signed"),
        "U": _("the commit is signed with a key that is not trusted here"),
        "R": _("the commit is signed with a key that was revoked"),
    }
    message = messages.get(letter, _("the commit's signature cannot be checked: its key is not known here"))
    mend = _("Sign commits (git config commit.gpgSign true), and make known here whose keys count.")
    return Discrepancy("error", "signature", message, mend)
