"""What a YAML parser's complaint means, in our words: which line, what is wrong with it, how to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tkt.language import _
from tkt.store.yaml_tree import BrokenYaml

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

# What is opened and never closed is best mended where it was opened.
_OPENED_EARLIER = re.compile(r"flow|quoted scalar|simple key")


def explain(error: MarkedYAMLError, source: str) -> BrokenYaml:
    """The trouble as a person would say it; PyYAML words the same thing in two ways, with libyaml and without."""
    complaint = f"{error.context or ''}: {error.problem or ''}"
    mark = (_OPENED_EARLIER.search(complaint) and error.context_mark) or error.problem_mark
    lines = source.splitlines() or [""]
    line = min(mark.line, len(lines) - 1) if mark else 0
    character = lines[line][mark.column : mark.column + 1] if mark else ""
    return BrokenYaml(line + 1, *_say(complaint, character))


def _say(complaint: str, character: str) -> tuple[str, str]:
    if "cannot start any token" in complaint:
        return _misplaced(character)
    for pattern, (message, mend) in _meanings().items():
        if re.search(pattern, complaint):
            return message, mend
    return _("this line cannot be read as YAML."), _("Compare it with the lines above.")


def _misplaced(character: str) -> tuple[str, str]:
    if character == "\t":
        return _("a tab stands at the beginning of the line."), _("Indent with spaces.")
    message = _("no text can begin with “{character}”.").format(character=character)
    return message, _("Put quotes round it.")


def _meanings() -> dict[str, tuple[str, str]]:
    """What is wrong and how to mend it, by a pattern of the parser's words; the first that fits counts."""
    fits_not = _("this line does not fit the lines above it."), _("Check the indentation, the quotes and the brackets.")
    return {
        "unknown escape": (_("a backslash stands within double quotes."), _("Double it, or use single quotes.")),
        "quoted scalar": (_("a quote is opened here and never closed."), _("Close it.")),
        "flow": (
            _("a bracket is opened here and never closed, or a comma is missing after it."),
            _("Close it, and put quotes round a text that holds “: ” or a comma."),
        ),
        "block scalar": (_("a text begins with “>” or “|”."), _('Put quotes round it, as in "> 70%".')),
        "mapping values": (
            _("a “:” stands where none can."),
            _("Check the indentation, or put quotes round a text that holds “: ”."),
        ),
        "expected ':'": (_("“:” is missing after a name."), _("Write “name: value”.")),
        "directive|incompatible": (_("a line begins with “%”."), _("Take it out.")),
        "sequence entries": (_("a “- ” stands where no list can begin."), _("Put it on a line of its own.")),
        "block|document start": fits_not,
    }
