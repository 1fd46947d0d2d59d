"""A ticket's file: what it says, what is wrong with it, and what stands in it after one more entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.store.course_ticket import COURSE, PATH, TEN, course
from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import write_instant
from tkt.store.journal_text import bytes_of
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket


def told(file: TicketFile) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.severity, finding.rule) for finding in file.findings()]


def test_the_course_s_ticket_is_read_whole_and_sound() -> None:
    ticket = course().require_sound()
    assert (ticket.id, ticket.state, ticket.priority, ticket.level) == ("INC0012345", "in_progress", "P3", "N2")
    assert ticket.requester.name == "Marie MARTIN"
    assert ticket.requester.phone == "Poste 1234"
    assert write_instant(ticket.opened_at) == "2026-01-15T09:15:00+01:00"
    assert len(ticket.entries) == 3
    assert ticket.description.startswith("L'utilisatrice")
    assert ticket.actions == "- [ ] Vérifier SPF/DKIM"
    assert list(discrepancies(ticket, bytes_of)) == []


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("final", [True, False])
def test_the_same_ticket_is_read_whatever_its_line_ends_and_its_bom(eol: str, bom: str, final: bool) -> None:
    text = bom + COURSE.replace("\n", eol)
    file = TicketFile.parse(PATH, (text if final else text.removesuffix(eol)).encode())
    assert file.require_sound() == course().ticket


@pytest.mark.parametrize(
    "value", ["0612345670", "1:30", "yes", "null", "~", "2026-01-15", "0x1F", "1e3", "", " a ", "a\nb"]
)
def test_what_a_verb_writes_is_text_to_other_tools_and_what_a_hand_wrote_stays(value: str) -> None:
    file = course(asset="asset: 0612345670\n", category="category: 1:30\n")
    said = (FieldChange("requester.phone", value), FieldChange("cause", value))
    after = file.with_entry(Entry(TEN, "Jean", changes=said))
    assert after.ticket.get("cause") == after.ticket.get("requester.phone") == value
    assert "\nasset: 0612345670\ncategory: 1:30\n" in after.text.front_matter.source
    read: dict[str, Any] = yaml.safe_load(after.text.front_matter.source)
    assert read.get("cause", "") == read["requester"].get("phone", "") == value


@pytest.mark.parametrize(
    ("changed", "line", "rule"),
    [
        ({"state": ""}, 1, "missing-key"),
        ({"uid": "uid:\n"}, 3, "missing-key"),
        ({"priority": "priority: P5\n"}, 16, "value"),
        ({"via": "via: [phone]\n"}, 11, "value-type"),
        ({"via": "via: {a: b}\n"}, 11, "value-type"),
        ({"opened_at": "opened_at: 2026-01-15\n"}, 20, "value"),
        ({"opened_at": "opened_at: ٢٠٢٦-01-15T09:15:00+01:00\n"}, 20, "value"),
        ({"opened_at": "opened_at: 0001-01-01T00:00:00+14:00\n"}, 20, "value"),
        ({"asset": "asset: a\nasset: b\n"}, 13, "duplicate-key"),
        ({"asset": "tags: vip\n"}, 12, "value-type"),
        ({"asset": "tags: [[a]]\n"}, 12, "value-type"),
        ({"asset": "? [a]\n: b\n"}, 12, "key"),
        ({"asset": "asset: &a b\n"}, 12, "front-matter"),
        ({"asset": "asset: *a\n"}, 12, "front-matter"),
        ({"asset": "asset: 'a\n"}, 12, "front-matter"),
        ({"asset": "<<<<<<< HEAD\nasset: a\n=======\nasset: b\n>>>>>>> x\n"}, 12, "conflict-marker"),
    ],
)
def test_an_error_is_told_with_its_line_its_rule_and_the_way_out(changed: dict[str, str], line: int, rule: str) -> None:
    with pytest.raises(UnreadableTicket) as caught:
        course(**changed).ticket  # noqa: B018
    finding = caught.value.finding
    assert (finding.path, finding.line, finding.rule) == (PATH, line, rule)
    assert finding.mend
    assert str(caught.value).startswith(f"{PATH}:{line}: {finding.message}.")


@pytest.mark.parametrize(
    "requester", ["requester:\n", "requester: ~\n", "requester: {}\n", "requester: Marie\n", "requester: [a]\n"]
)
def test_a_requester_that_names_nobody_is_told(requester: str) -> None:
    block = COURSE[COURSE.index("requester:") : COURSE.index("via:")]
    file = TicketFile.parse(PATH, COURSE.replace(block, requester).encode())
    assert ("error", "missing-key") in [(severity, rule) for _line, severity, rule in told(file)]
    with pytest.raises(UnreadableTicket, match=r"requester"):
        file.ticket  # noqa: B018


@pytest.mark.parametrize("nothing", ["", "~", "null", '""'])
def test_a_key_that_says_nothing_says_so_without_offence(nothing: str) -> None:
    file = course(via=f"via: {nothing}\n", asset=f"tags: {nothing}\n" if nothing != '""' else "")
    assert file.require_sound().get("via") == ""
    assert file.ticket.tags == ()


def test_an_unknown_key_is_a_warning_with_the_nearest_word_and_anybody_s_own_is_none() -> None:
    file = course(asset="aset: a\nx_asset: b\nspent: 4h\n")
    findings = [(one.line, one.severity, one.mend) for one in file.findings() if one.rule == "unknown-key"]
    assert findings == [(12, "warning", "Did you mean asset?"), (14, "warning", "")]
    assert file.ticket.get("x_asset") == "b"


def test_thousands_of_unknown_keys_are_all_told_and_keep_nobody_waiting() -> None:
    file = course(asset="".join(f"asse{number}: a\n" for number in range(5000)))
    assert sum(finding.rule == "unknown-key" for finding in file.findings()) == 5000


def test_every_error_of_a_file_is_told_at_once() -> None:
    text = (
        COURSE.replace("priority: P3", "priority: P9")
        .replace("via: phone", "via: pigeon")
        .replace("## Journal", "## J")
    )
    file = TicketFile.parse(PATH, text.encode())
    assert {(line, rule) for line, severity, rule in told(file) if severity == "error"} == {
        (11, "value"),
        (16, "value"),
        (0, "journal"),
    }


def test_an_anchor_is_refused_and_the_file_left_alone(tmp_path: Path) -> None:
    text = COURSE.replace("asset: PC-COMPTA-015", "x_a: &a PC\nasset: *a")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableTicket, match=r"12: .*&a.*anchors"):
        TicketFile.of(PATH, tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTicket, match="cannot be read: No such file"):
        TicketFile.of(PATH, tmp_path / "a.md")
    with pytest.raises(UnreadableTicket, match=r":2: this is not UTF-8"):
        TicketFile.parse(PATH, b"---\n\xe9\n---\n")


def test_a_change_that_cannot_be_made_without_losing_something_is_refused_with_its_line() -> None:
    file = course(asset="? cause\n")
    with pytest.raises(
        UnreadableTicket, match=r":12: “cause” stands in a form that tkt cannot edit\. Write it plainly"
    ):
        file.with_entry(Entry(TEN, "Jean", changes=(FieldChange("cause", "a"),)))
