"""What must be each ticket's own: two files with one id, uid or earlier number, each told of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from tkt.domain.finding import Finding
from tkt.language import _
from tkt.store.ticket_file import TicketFile

Place = tuple[str, int]
# Of a thousand copies of one file, each names so many others.
_MOST = 5


class Duplicates:
    """The ids and uids seen so far, with the places where they stand."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], list[Place]] = defaultdict(list)

    def add(self, file: TicketFile) -> None:
        """Remember a file's id and uid, and the numbers that it had before."""
        front = file.text.front_matter
        own = [(key, front.fields.get(key, "")) for key in ("id", "uid")]
        own += [("aliases", alias) for alias in dict.fromkeys(front.members("aliases"))]
        for key, value in own:
            if value:
                self._seen[key, value].append((file.path, file.line_of(key)))

    def findings(self) -> Iterator[Finding]:
        """Each file that shares an id, a uid or an earlier number with another; a live id beats an earlier one."""
        for (key, value), places in self._seen.items():
            if key == "aliases" and ("id", value) in self._seen:
                continue
            for path, line in places if len(places) > 1 else ():
                others = ", ".join(islice((other for other, _line in places if other != path), _MOST))
                others += ", …" if len(places) > _MOST + 1 else ""
                message = _("the {key} “{value}” stands in {files} too").format(key=key, value=value, files=others)
                severity, rule = ("warning", "duplicate-alias") if key == "aliases" else ("error", f"duplicate-{key}")
                yield Finding(path, line, severity, rule, message, _mend(key))


def _mend(key: str) -> str:
    if key == "aliases":
        return _("Nobody knows which one is meant by it: name them by the numbers that they have now.")
    if key == "uid":
        return _("If the file is a copy, take it away; a uid is one ticket's for ever.")
    return _("Take the copy away, or give the newer ticket a number of its own.")
