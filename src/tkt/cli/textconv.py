"""`tkt-textconv FILE`: a ticket as `git diff` and `git log -p` show it; started for each version, it loads little."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tkt import language
from tkt.cli.desk_language import language_at
from tkt.errors import CalledWrongly

if TYPE_CHECKING:
    from tkt.store.ticket_file import TicketFile


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the file that git names, and give the exit code: 0, or 2 when there is none to be read.

    It speaks as `tkt` does: TKT_LANG, then the language of the desk where git stands (its work tree's top), then the
    locale. Both sides of a diff are read in the same place, and so in the same language.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    language.speak(language_at(Path.cwd()))
    if len(given) != 1:
        return _complain("tkt-textconv FILE")
    try:
        with Path(given[0]).open("rb") as file:
            _print(file)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _complain(f"{given[0]}: {language.reason_of(error)}")
    return 0


def _print(file: BinaryIO) -> None:
    """Print a file; one larger than any ticket piece by piece, whatever it holds."""
    from tkt.presentation.safe_text import for_terminal
    from tkt.store.ticket_file import LARGEST

    data = file.read(LARGEST + 1)
    if len(data) <= LARGEST:
        sys.stdout.buffer.write(converted(data).encode())
        data = b""
    while data:
        sys.stdout.buffer.write(for_terminal(data.decode(errors="backslashreplace")).encode())
        data = file.read(LARGEST)
    sys.stdout.flush()


def converted(data: bytes) -> str:
    """The text for a diff; of what is no ticket that can be read whole, the file as it is, made safe."""
    from tkt.store.ticket_file import TicketFile
    from tkt.store.unreadable_ticket import UnreadableTicket

    try:
        file = TicketFile.parse("", data)
        if not any(_hides_something(file)):
            return _readable(file)
    except UnreadableTicket:
        pass
    from tkt.presentation.safe_text import for_terminal

    return for_terminal(data.decode(errors="backslashreplace"))


def _hides_something(file: TicketFile) -> Iterator[bool]:
    """A conflict, a key that stands twice, a heading that cannot be read: put into words, some of it would be lost."""
    yield from (flaw.severity == "error" for flaw in file.text.front_matter.flaws())
    yield from (flaw.severity == "error" for flaw in file.text.flaws())


def _readable(file: TicketFile) -> str:
    from tkt.domain.keys import kind_of
    from tkt.presentation.readable_ticket import readable_ticket

    front = file.text.front_matter
    sets = {key: front.members(key) for key in front.places if kind_of(key) == "set"}
    return readable_ticket({**front.unread, **front.fields}, sets, file.text.body, file.text.entries)


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return CalledWrongly.exit_code


if __name__ == "__main__":
    sys.exit(main())
