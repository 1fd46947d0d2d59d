"""Which version of a file came of which, as commits made them one by one: what was judged once is not judged again."""

from __future__ import annotations

# A ticket of more versions is looked at again rather than searched for longer.
_MOST_STEPS = 2_000


class Lineage:
    """Versions by their hashes, each with those that it came of."""

    def __init__(self) -> None:
        self._came_of: dict[str, tuple[str, ...]] = {}

    def note(self, old: str, new: str) -> None:
        """Keep that a commit made `new` of `old`."""
        before = self._came_of.get(new, ())
        if old not in before:
            self._came_of[new] = (*before, old)

    def holds(self, old: str, new: str) -> bool:
        """Whether commits that were judged lead from `old` to `new`."""
        seen, left = {new}, [new]
        while left and len(seen) < _MOST_STEPS:
            for one in self._came_of.get(left.pop(), ()):
                if one == old:
                    return True
                if one not in seen:
                    seen.add(one)
                    left.append(one)
        return False
