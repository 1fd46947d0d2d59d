"""A query from the arguments of a command line, where the shell has taken the quotes away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tkt.errors import CalledWrongly
from tkt.query.context import Context
from tkt.query.elsewhere import elsewhere
from tkt.query.meaning import key_of, meaning_of
from tkt.query.tokens import Value, quoted
from tkt.query.vocabulary import KEY, spoken

_TERM = re.compile(r"(-?)([^\W\d_][\w.-]*):(>=|<=|>|<|=)?(.*)", re.DOTALL)
_MINUS = "\u2212"
_OF_A_QUERY = re.compile(r'["()]|(?:^|\s)(?:OR|OU|AND|ET)(?:\s|$)')


def typed(arguments: Iterable[str], context: Context) -> str:
    """The text of the query that the arguments mean together.

    One that holds blanks was in quotes, which the shell took: words alone are a phrase, and behind the only key of an
    argument the blanks belong to its value where it can have them. What has quotes, parentheses or several keys of its
    own is a query as it is.
    """
    return " ".join(_written(_with_hyphen(argument), context) for argument in arguments)


def _with_hyphen(argument: str) -> str:
    """A minus sign is one too: what begins with a hyphen, a command line takes for an option."""
    return argument.replace(_MINUS, "-", 1) if argument.startswith(_MINUS) else argument


def _written(argument: str, context: Context) -> str:
    argument = _with_key_in_one(argument)
    if not re.search(r"\s", argument) or _OF_A_QUERY.search(argument) or elsewhere(argument):
        return argument
    keys = [word for word in argument.split() if (found := _TERM.fullmatch(word)) and is_key(found[2])]
    if not keys:
        minus = "-" * argument.startswith("-")
        return minus + quoted(argument.removeprefix("-"))
    found = _TERM.fullmatch(argument)
    if found is None or len(keys) > 1:
        return argument
    minus, key, operator, text = found.groups(default="")
    values = [Value(one.strip(), quoted=True) for one in text.split(",")]
    if not is_key(key) or not _can_have(key, operator, values, context):
        return argument
    return f"{minus}{key}:{operator}" + ",".join(quoted(one.text) for one in values)


def _with_key_in_one(argument: str) -> str:
    """Blanks in a key (`assigné à:Jean`) are written as in its code word."""
    key, colon, value = argument.removeprefix("-").partition(":")
    if not colon or " " not in key or not is_key(key):
        return argument
    return "-" * argument.startswith("-") + "_".join(key.split()) + colon + value


def _can_have(key: str, operator: str, values: list[Value], context: Context) -> bool:
    if not all(one.text for one in values):
        return False
    try:
        meaning_of(key_of(key), operator, values, context)
    except CalledWrongly:
        return False
    return True


def is_key(text: str) -> bool:
    """Whether a query knows a key of that name."""
    return text.startswith("x_") or spoken(KEY, text) is not None
