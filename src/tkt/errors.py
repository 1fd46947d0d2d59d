"""What can go wrong, by exit code: every refusal that a person may meet derives from one of these."""

from __future__ import annotations


class TktError(Exception):
    """A command that did not happen: the message is one clear line in the person's language.

    `exit_code` is what the process returns (documented in docs/json.md and `tkt --help`).
    """

    exit_code = 70


class CalledWrongly(TktError):
    """The command line is wrong: an unknown word, a missing piece, an unreadable date."""

    exit_code = 2


class RuleRefuses(TktError):
    """A rule of the desk refuses the move: nothing was changed."""

    exit_code = 3


class NoSuchThing(TktError):
    """No ticket, agent, category, template or desk of that name, or several of them."""

    exit_code = 4


class Unreadable(TktError):
    """A file on disk cannot be read or written, or does not say what it should."""

    exit_code = 5


class SomeoneWasFaster(TktError):
    """Another process holds the desk, or changed a ticket meanwhile."""

    exit_code = 6


class OutsideFailed(TktError):
    """Git, a hook or another program outside tkt failed."""

    exit_code = 7
