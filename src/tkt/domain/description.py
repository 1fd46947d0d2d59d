"""An incident's description: which of the course's four questions it answers, in French or English.

The questions are those of "Structure d'un bon ticket": the symptom, the exact message, since when, the impact. Answers
are recognised by labelled lines that have something behind the colon, and by the turns of phrase of free prose. The
prose is judged kindly: a question that seems answered is not asked again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tkt.domain.description_words import HINTS, LABELS, SAYS_NOTHING
from tkt.domain.words import fold

PARTS = ("symptom", "message", "since", "impact")

# Every repetition is bounded: what a description holds is untrusted, and may be long.
_LABELLED = re.compile(
    r"(?:[-*+•–]\s{1,8})?(?:\[[ xX]\]\s{1,8})?(?P<label>[^:：\s][^:：]{1,60}?)\s{0,4}[:：](?P<value>.*)"
)
_HEADING = re.compile(r"#{1,6}\s{1,8}(?P<label>[^\s#][^#]{1,60})#{0,6}|\*\*(?P<bold>[^*]{2,60})\*\*")
_ITEM = re.compile(r"(?:[-*+•–]|\d{1,3}[.)])\s")
_VERBATIM = re.compile(r"```|~~~|>")
_PLACEHOLDER = re.compile(r"[\W_]*|[\[<(][^\])>]*[\])>]|todo|tbd|xx+|a (?:completer|preciser|remplir|renseigner)")
# More words than that before a colon are a sentence, not a label.
_LABEL_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the description: how deep it stands, its folded label where it has one, and what it says."""

    depth: int
    text: str
    label: str | None
    value: str


def answered(description: str) -> frozenset[str]:
    """The PARTS that a description answers; a label of an empty template answers nothing."""
    lines = [_read(line) for line in description.splitlines()]
    labelled: set[str] = {"message"} if re.search(r"^[ \t]{0,8}(?:```|~~~)", description, re.MULTILINE) else set()
    prose: list[str] = []
    for number, line in enumerate(lines):
        if line.label is None:
            prose.append(line.text)
            continue
        parts = _parts_of(line.label)
        says_something = not _is_empty(line.value)
        if len(line.label.split()) > _LABEL_WORDS:
            prose.append(line.text)
        elif says_something:
            prose.append(line.value if parts else line.text)
        if parts and (says_something or _goes_on(lines[number : number + 3])):
            labelled.update(parts)
    said = _plain("\n".join(prose))
    symptoms = SAYS_NOTHING.sub(" ", said)
    hinted = {part for part, hint in HINTS.items() if hint.search(symptoms if part == "symptom" else said)}
    return frozenset(labelled | hinted)


def _read(line: str) -> _Line:
    text = line.strip()
    depth = len(line) - len(line.lstrip())
    heading = _HEADING.fullmatch(text)
    if heading and ":" not in text:
        return _Line(depth, text, _plain(heading["label"] or heading["bold"]), "")
    found = _LABELLED.match(text)
    if found is None:
        return _Line(depth, text, None, text)
    return _Line(depth, text, _plain(found["label"].strip("*_ ")), found["value"].strip("*_ \t"))


def _parts_of(label: str) -> list[str]:
    return [part for part, pattern in LABELS.items() if pattern.match(label)]


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("’", "'")).replace("'", " ").split())


def _is_empty(value: str) -> bool:
    return _PLACEHOLDER.fullmatch(_plain(value)) is not None


def _goes_on(lines: list[_Line]) -> bool:
    """Whether what a label announces stands below it: right below, deeper, or set apart as a quotation."""
    label, *below = lines
    following = next((line for line in below if line.text), None)
    if following is None:
        return False
    if _VERBATIM.match(following.text):
        return True
    if following.depth > label.depth:
        return not _is_empty(following.value)
    if following.label is not None or _ITEM.match(following.text):
        return False
    return following is below[0] or _HEADING.fullmatch(label.text) is not None
