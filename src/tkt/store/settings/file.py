"""Files that a desk is set up by, as trees: read whole, or with everything that is wrong with them said at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tkt.domain.finding import Finding
from tkt.domain.settings import MEBIBYTE
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.settings.value import Problems
from tkt.store.yaml_tree import BrokenYaml, Node

_LARGEST = MEBIBYTE


class BadFile(Unreadable):
    """A file that does not say what it should; `problems` are all there are, in the file's order."""

    def __init__(self, problems: Iterable[Finding]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(_line_about(problem) for problem in self.problems))


def _line_about(problem: Finding) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem.message} {problem.mend}".rstrip()


def bytes_of(path: Path) -> bytes:
    """What a file holds, nothing where there is none; raises BrokenYaml where it cannot be read."""
    try:
        return read_file(path, _LARGEST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        reason = reason_of(error)
        raise BrokenYaml(0, _("cannot be read: {reason}.").format(reason=reason), "") from None


def tree_of(data: bytes, problems: Problems) -> Node | None:
    """The tree of what a file holds, None where it says nothing; raises BrokenYaml."""
    source = _text(data)
    if not source.strip():
        return None
    # Here, since the yaml library takes longer to load than most commands to run.
    from tkt.store.yaml_reader import read_tree

    return read_tree(source, problems.add)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenYaml(line, _("this line is not UTF-8."), _("Save the file as UTF-8.")) from None
