"""What must be each ticket's own: two files with one id or one uid, each told of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tkt.domain.finding import Finding
from tkt.language import _
from tkt.store.ticket_file import TicketFile

Place = tuple[str, int]


class Duplicates:
    """The ids and uids seen so far, with the places where they stand."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], list[Place]] = defaultdict(list)

    def add(self, file: TicketFile) -> None:
        """Remember a file's id and uid."""
        for key in ("id", "uid"):
            if value := file.text.front_matter.fields.get(key):
                self._seen[key, value].append((file.path, file.line_of(key)))

    def findings(self) -> Iterator[Finding]:
        """Each file that shares an id or a uid with another."""
        for (key, value), places in self._seen.items():
            for path, line in places if len(places) > 1 else ():
                others = ", ".join(other for other, _line in places if other != path)
                message = _("the {key} “{value}” stands in {files} too").format(key=key, value=value, files=others)
                yield Finding(path, line, "error", f"duplicate-{key}", message, _mend(key))


def _mend(key: str) -> str:
    if key == "uid":
        return _("If the file is a copy, take it away; a uid is one ticket's for ever.")
    return _("Take the copy away, or give the newer ticket a number of its own.")
