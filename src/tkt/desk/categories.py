"""Categories: the one of the desk's list that any unambiguous part of it names."""

from __future__ import annotations

from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing
from tkt.language import _

SEPARATOR = " > "


class UnknownCategory(NoSuchThing):
    """No category of the desk is meant, or several may be."""


def find_category(text: str, known: tuple[str, ...]) -> str:
    """The category that any unambiguous part of it names; a desk that lists none takes any. Raises UnknownCategory."""
    wanted = SEPARATOR.join(part.strip() for part in text.split(">") if part.strip())
    if not known:
        return wanted
    exact = [one for one in known if fold(one) == fold(wanted)]
    part = [one for one in known if fold(wanted) in map(fold, one.split(SEPARATOR))]
    within = [one for one in known if fold(wanted) in fold(one)]
    found = exact or part or within
    if len(found) == 1:
        return found[0]
    if found:
        message = _("“{category}” may be several categories: {categories}.")
        raise UnknownCategory(message.format(category=text, categories="; ".join(found)))
    message = _("“{category}” is no category of this desk.").format(category=text)
    parts = {one_part: one for one in known for one_part in (one, *one.split(SEPARATOR))}
    raise UnknownCategory(message + did_you_mean(text, parts))
