"""Files that people wrote by hand: every verb changes the lines it is entitled to, and not a byte more."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

import pytest

from tests.cli.front_door import FrontDoor

PLAIN = """\
---
id: INC0000001
uid: 4k7m2x9p3q
type: incident
title: Outlook 365 - Impossible d'envoyer
requester:
  name: Marie MARTIN
  email: marie.martin@entreprise.fr
via: phone
asset: PC-COMPTA-015
category: Messagerie > Outlook > Calendrier
tags: [vip]
links: [related-to:INC0000003]
impact: medium
urgency: medium
priority: P3
state: in_progress
assignee: Jean DUPONT
level: N1
group: Support
opened_at: 2026-01-15T08:00:00+01:00
cause: réseau
action: redémarrage
---

## Description

Plus d'envoi depuis 8h30.

## Journal

### 2026-01-15T08:00:00+01:00 · Jean DUPONT · N1

- state: in_progress
- impact: medium
- urgency: medium
- priority: P3
- assignee: Jean DUPONT
- level: N1
- group: Support
"""


def with_state(state: str, **more: str) -> Callable[[str], str]:
    """The file in another state, with other lines for some keys."""

    def change(text: str) -> str:
        for key, value in {"state": state, **more}.items():
            text = re.sub(rf"(?m)^(- )?{key}: .*$", lambda found, k=key, v=value: f"{found[1] or ''}{k}: {v}", text)
        return text

    return change


def commented(text: str) -> str:
    """Comments on lines of their own and behind values, blank lines between keys, blanks behind values."""
    return (
        text.replace("uid:", "# à qui ?\n\nuid:")
        .replace("priority: P3\nstate", "priority: P3   # vu avec elle\n  # et lui\n\nstate", 1)
        .replace("assignee: Jean DUPONT\nlevel", "assignee: Jean DUPONT \t# jusqu'à lundi\nlevel", 1)
        .replace("tags: [vip]", "tags: [ vip ]  # directrice")
        .replace("action: redémarrage\n", "action: redémarrage\n\n# fin\n")
    )


def strange_keys(text: str) -> str:
    """Keys that tkt does not know, in shapes that it does not write."""
    return text.replace(
        "via: phone\n",
        "x_glpi: {id: 0612, when: 1:30, on: yes}\ncouleur : bleu\nx_notes: |\n  state: closed\n  ---x\n   fin\n"
        "x_list:\n- a\n-   b # deux\n'via': phone\nx_hex: 0x1F\nx_null: ~\n",
    )


def quoted(text: str) -> str:
    """Values in quotes that they do not need, one over two lines, sets one to a line, the requester on one line."""
    return (
        text.replace("state: in_progress\nassignee", "state:   'in_progress'\nassignee", 1)
        .replace("priority: P3\nstate", 'priority: "P3"\nstate', 1)
        .replace("title: Outlook 365 - Impossible d'envoyer", "title: 'Outlook 365 -\n  Impossible d''envoyer'")
        .replace(
            "requester:\n  name: Marie MARTIN\n  email: marie.martin@entreprise.fr\n",
            "requester: {name: 'Marie MARTIN', \"email\": marie.martin@entreprise.fr}  # elle\n",
        )
        .replace("tags: [vip]", "tags:\n    - vip   # directrice\n    - 'a b'")
        .replace("asset: PC-COMPTA-015", "asset: >-\n  PC-COMPTA-015")
    )


def windows(text: str) -> str:
    """Carriage returns at every line end."""
    return text.replace("\n", "\r\n")


def marked(text: str) -> str:
    """A byte order mark."""
    return "\ufeff" + text


def unended(text: str) -> str:
    """No line end behind the last line."""
    return text.removesuffix("\n")


def windows_marked_unended(text: str) -> str:
    """All three, as an editor on Windows may leave it."""
    return marked(windows(unended(text)))


def tricky_description(text: str) -> str:
    """A description in which everything looks like ours."""
    return text.replace(
        "Plus d'envoi depuis 8h30.\n",
        "- state: closed\n\n---\nid: INC0000002\n---\n\n"
        "```markdown\n## Journal\n\nquelques mots\n- state: closed\n```\n\n"
        "## Journal\n\nun journal qui n'en est pas un\n\n# Actions\n\t- [ ] vérifier\n\n\n👩‍💻 שלום \u202eabc   \n",
    )


def tricky_entry(text: str) -> str:
    """An entry in which everything looks like ours, and blank lines behind the last."""
    return text + (
        "\n### 2026-01-15T08:10:00+01:00 · Marie MARTIN · public\n\n- spent: 5m\n\n\\- state: closed\n\\## Journal\n"
        "```\n---\n\\### 2026-01-15T08:20:00+01:00 · Jean DUPONT\n```\n#### fin   \n\n\n"
    )


def another_order(text: str) -> str:
    """Keys in an order of somebody's own, without the ones that need not be there."""
    head, _dash, rest = text.removeprefix("---\n").partition("\n---\n")
    lines = head.replace(
        "requester:\n  name: Marie MARTIN\n  email: marie.martin@entreprise.fr", "requester: {name: Marie MARTIN}"
    ).split("\n")
    kept = [
        line for line in lines if not line.startswith(("tags", "links", "cause", "action", "via", "asset", "category"))
    ]
    return "---  \n" + "\n".join(reversed(kept)) + "\n--- \n" + rest


def nothing(text: str) -> str:
    """As tkt itself writes it."""
    return text


SHAPES = (nothing, commented, strange_keys, quoted, windows, marked, unended, windows_marked_unended)
SHAPES += (tricky_description, tricky_entry, another_order)

# A verb, the state that it starts from, and the keys of the front matter that it may touch.
HANDING = {"state", "assignee", "level", "group"}
VERBS: list[tuple[str, tuple[str, ...], str, set[str]]] = [
    ("log", ("1", "texte"), "in_progress", set()),
    ("take", ("1",), "new", HANDING),
    ("assign", ("1", "--to", "Pierre MARTIN"), "in_progress", HANDING),
    ("escalate", ("1",), "in_progress", HANDING),
    ("start", ("1",), "new", {"state", "assignee"}),
    ("hold", ("1", "--reason", "user"), "in_progress", {"state"}),
    ("resume", ("1",), "pending", {"state"}),
    (
        "resolve",
        ("1", "--cause", 'IP: en "blacklist" # 1', "--action", "→ delist"),
        "in_progress",
        {"state", "cause", "action", "assignee"},
    ),
    ("close", ("1", "--rating", "5"), "resolved", {"state"}),
    ("reopen", ("1", "encore"), "resolved", {"state"}),
    ("cancel", ("1", "--reason", "spam", "publicité"), "in_progress", {"state"}),
    ("rate", ("1", "4"), "resolved", set()),
    (
        "edit",
        ("1", "--title", "Autre: titre # 2", "--asset", "1:30", "--category", "Word", "--urgency", "high"),
        "in_progress",
        {"title", "asset", "category", "urgency", "priority"},
    ),
    ("edit", ("1", "--tag", "direction", "--untag", "vip"), "in_progress", {"tags"}),
    ("edit", ("1", "--phone", "0612345670", "--asset", ""), "in_progress", {"requester", "phone", "asset"}),
    ("attach", ("1", "../notes.txt"), "in_progress", set()),
    ("link", ("1", "caused-by", "2"), "in_progress", {"links"}),
    ("link", ("2", "caused-by", "1"), "in_progress", {"links"}),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_verb_changes_its_own_lines_and_not_a_byte_more(lives: FrontDoor, shape: Callable[[str], str]) -> None:
    notes, other = lives.root.parent / "notes.txt", lives.data("INC0000002")
    notes.write_text("x", encoding="utf-8")
    for verb, arguments, state, keys in VERBS:
        before = shape(with_state(state)(PLAIN)).encode()
        lives.path("INC0000001").write_bytes(before)
        lives.path("INC0000002").write_bytes(other)

        # What git makes of the same write is tested elsewhere; without its commit this is done in half the time.
        lives(verb, *arguments, "--no-commit")

        after = lives.data("INC0000001")
        touched = alien_changes(before, after, keys)
        assert not touched, f"tkt {verb} {' '.join(arguments)}:\n" + "\n".join(map(repr, touched))
        assert len(after) > len(before), "it wrote its entry"
        assert not errors(lives)


def errors(tkt: FrontDoor) -> list[dict[str, str]]:
    """The errors that `tkt check` finds in the file."""
    found = tkt("check", "tickets/INC0000xxx/INC0000001.md", "--json").json["findings"]
    return [one for one in found if one["severity"] == "error"]


def alien_changes(before: bytes, after: bytes, keys: set[str]) -> list[str]:
    """The changes that no verb with these keys may make: what is left of the diff beside them and the new entries."""
    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    own_of_old, own_of_new = owned(old, keys), owned(new, keys)
    entries = next(number for number, line in enumerate(new) if line.startswith("### 2026-01-15T10:00:00+01:00"))
    alien = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        removed = [old[at] for at in range(i1, i2) if not own_of_old[at]]
        # The blank line before the first new entry is its own.
        added = [new[at] for at in range(j1, j2) if at < entries - 1 and not own_of_new[at]]
        if removed == old[-1:] and added == [f"{removed[0]}{line_end(new)}"]:
            continue  # a last line that was not ended is ended when something follows it
        kept = "".join(new[j1:j2])
        lost = [comment(old[at]) for at in range(i1, i2) if own_of_old[at] and comment(old[at]) not in kept]
        alien += [f"- {line}" for line in (*removed, *lost)] + [f"+ {line}" for line in added]
    return alien


def line_end(lines: list[str]) -> str:
    """The line end of a file."""
    return "\r\n" if lines[0].endswith("\r\n") else "\n"


def comment(line: str) -> str:
    """What somebody wrote behind a value; a member of a set takes its own away with it."""
    found = re.search(r"[ \t]+#.*$", line.rstrip("\r\n"))
    return found[0] if found and not line.lstrip().startswith("- ") else ""


def owned(lines: list[str], keys: set[str]) -> list[bool]:
    """Which lines are those of the front matter's keys, with the lines that a value goes on in."""
    closing = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    owners, within = [], ""
    for line in lines[:closing]:
        found = re.match(r"""(\s*)['"]?([a-z_]+)['"]?\s*:""", line)
        goes_on = line.startswith((" ", "- ")) and within != "requester"
        key = within if goes_on or not found else found[2]
        within = key if found and not found[1] else within
        owners.append(key in keys and not line.lstrip().startswith("#") and bool(line.strip()))
    return owners + [False] * (len(lines) - closing)
