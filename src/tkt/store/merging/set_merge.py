"""Two versions of a set made one: who joined and who left on either side, and what the journal says of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tkt.store.front_matter import FrontMatter


def members_meant(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, said: Mapping[str, bool]
) -> tuple[str, ...]:
    """The members: first those of base in its order, then those that a hand put in, sorted, then those that the journal
    let join, in its order: whoever of the two added them."""
    stay = [one for one in dict.fromkeys(base) if said.get(one, one in ours and one in theirs)]
    by_hand = {*ours, *theirs} - {*base, *said}
    joined = (one for one, present in said.items() if present and one not in base)
    return (*stay, *sorted(by_hand), *joined)


def with_members_meant(
    front: FrontMatter, key: str, meant: Sequence[str], known: Sequence[str] | None = None
) -> FrontMatter:
    """The front matter with a set of exactly these members, edited as little as that takes.

    Members beside those `known` before are put in order where nothing of a person's stands on them.
    Raises UneditableFrontMatter.
    """
    stand = front.members(key)
    new = tuple(one for one in dict.fromkeys(stand) if one not in known) if known is not None else ()
    bare = front.with_members(key, (), new)
    if new and bare.with_members(key, new, ()).source == front.source:
        front, stand = bare, bare.members(key)
    added = tuple(one for one in meant if one not in stand)
    return front.with_members(key, added, tuple(dict.fromkeys(one for one in stand if one not in meant)))
