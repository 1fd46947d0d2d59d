"""`tkt check`: every file of a desk, on a real disk, and what is found in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.tickets import COURSE_DESCRIPTION
from tests.torture import scaled
from tkt.desk.check_paths import NothingToCheck
from tkt.desk.checking import CheckReport, check
from tkt.desk.desk import Desk
from tkt.desk.recording import NoRecorder
from tkt.domain.finding import Finding
from tkt.domain.settings import Agent, Settings
from tkt.errors import Unreadable

NOW = datetime(2026, 1, 15, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))
TICKET = f"""\
---
id: INC0012345
uid: 4k7m2x9p3q
type: incident
title: Outlook 365 - Impossible d'envoyer des emails externes
requester:
  name: Marie MARTIN
  department: Comptabilité
  email: marie.martin@entreprise.fr
  phone: Poste 1234
via: phone
asset: PC-COMPTA-015
category: Messagerie > Outlook > Envoi/Réception
impact: medium
urgency: medium
priority: P3
state: in_progress
assignee: Pierre MARTIN
level: N2
opened_at: 2026-01-15T09:15:00+01:00
---

## Description

{COURSE_DESCRIPTION}

## Actions

- [ ] Vérifier SPF/DKIM

## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1

- state: new
- impact: medium
- urgency: medium
- priority: P3
- level: N1

### 2026-01-15T09:30:00+01:00 · Jean DUPONT · N1 · public

- state: new → in_progress
- assignee: Jean DUPONT

Prise en charge du ticket.

### 2026-01-15T09:30:00+01:00 #2 · Jean DUPONT · N1

- assignee: Jean DUPONT → Pierre MARTIN
- level: N1 → N2

Escalade N2 pour vérification serveur mail

### 2026-01-15T10:15:00+01:00 · Pierre MARTIN · N2

- spent: 15m

Vérification IP blacklist : IP sortante dans blacklist Spamhaus
"""
AGENTS = (Agent("Jean DUPONT", level="N1", group="Support"), Agent("Pierre MARTIN", level="N2", group="Messagerie"))
CATEGORIES = ("Messagerie > Outlook > Envoi/Réception", "Bureautique > Microsoft Office > Word")
LISTS = Settings(agents=AGENTS, categories=CATEGORIES)
Change = Callable[[str], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "tickets").mkdir()
    return tmp_path


def desk_at(root: Path, settings: Settings = LISTS) -> Desk:
    return Desk(root, settings, lambda: NoRecorder(root), NOW)


def put(root: Path, number: int = 12345, *, name: str = "", folder: str = "") -> Path:
    """A sound ticket on disk, in its place or in another."""
    ticket_id = f"INC{number:07d}"
    text = TICKET.replace("INC0012345", ticket_id).replace("4k7m2x9p3q", f"4k7m{number:06d}"[-10:])
    path = root / "tickets" / (folder or f"{ticket_id[:-3]}xxx") / (name or f"{ticket_id}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def alter(path: Path, old: str, new: str) -> int:
    """Replace a piece of a file; the number of the line on which it stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(root: Path, *paths: Path, settings: Settings = LISTS) -> tuple[Finding, ...]:
    return check(desk_at(root, settings), paths).findings


def rules(root: Path, *paths: Path, settings: Settings = LISTS) -> list[str]:
    return [finding.rule for finding in found(root, *paths, settings=settings)]


def test_the_designs_ticket_is_sound_and_good(root: Path) -> None:
    put(root)
    assert check(desk_at(root)) == CheckReport((), 1)


def test_a_desk_without_tickets_has_nothing_wrong(tmp_path: Path) -> None:
    assert check(desk_at(tmp_path)) == CheckReport((), 0)


def test_a_file_where_the_tickets_folder_should_be_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "tickets").touch()
    assert [(one.path, one.severity, one.rule) for one in found(tmp_path)] == [("tickets", "error", "file")]


def test_a_finding_names_file_and_line_and_says_how_to_mend_it(root: Path) -> None:
    line = alter(put(root), "priority: P3\nstate", "priority: P1\nstate")
    [finding] = found(root)
    assert finding.path == "tickets/INC0012xxx/INC0012345.md"
    assert (finding.line, finding.severity, finding.rule) == (line, "error", "replay")
    assert finding.message and finding.mend


def test_one_bad_file_hides_no_other(root: Path) -> None:
    bad: dict[int, bytes] = {
        1: b"",
        2: b"\xff\xfe\x00",
        3: b"---\n: [\n---\n",
        4: b"---\n- a\n---\n",
        5: b"no front matter",
        6: b"---\nid: INC0000006\n---\n",
        7: b"---\nid: [a]\nuid: {b: c}\nrequester: x\n---\n\n## Journal\n",
        8: b"---\nx: " + b"[" * 500 + b"\n---\n",
    }
    for number, data in bad.items():
        put(root, number).write_bytes(data)
    alter(put(root, 99), "level: N2\nopened", "level: N3\nopened")
    report = check(desk_at(root))
    assert report.files == len(bad) + 1
    wrong = {Path(finding.path).stem for finding in report.findings if finding.severity == "error"}
    assert wrong == {f"INC{number:07d}" for number in (*bad, 99)}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("uid: 4k7m2x9p3q\n", "", "missing-key"),
        ("impact: medium\nurgency", "impact: huge\nurgency", "value"),
        ("via: phone\n", "via: phone\nvia: email\n", "duplicate-key"),
        ("via: phone\n", "via: [phone]\n", "value-type"),
        ("## Journal\n", "## Diary\n", "journal"),
        ("### 2026-01-15T10:15:00+01:00", "### 2026-01-15 10:15", "entry-heading"),
        ("- spent: 15m", "<<<<<<< HEAD\n- spent: 15m\n=======\n- spent: 20m\n>>>>>>> other", "conflict-marker"),
        ("- level: N1 → N2", '- level: "N1 → N2', "change-value"),
        ("### 2026-01-15T10:15:00", "### 2026-01-15T09:25:00", "journal-order"),
        (" #2 · Jean", " #3 · Jean", "entry-ordinal"),
        ("opened_at: 2026-01-15T09:15", "opened_at: 2026-01-15T09:16", "before-opening"),
        ("state: in_progress\n", "state: resolved\n", "replay"),
        ("- priority: P3\n- level", "- level", "unrecorded"),
        ("- spent: 15m", "- spent: long", "value"),
        ("category: Messagerie > Outlook > Envoi/Réception", "category: Messagerie > Outlok", "unknown-category"),
        ("id: INC0012345", "id: INC0012346", "id"),
        ("id: INC0012345", "id: 12345", "id"),
    ],
)
def test_each_broken_rule_is_an_error_of_its_own(root: Path, old: str, new: str, rule: str) -> None:
    path = root / "tickets/INC0012xxx/INC0012345.md"
    path.parent.mkdir()
    path.write_text(TICKET, encoding="utf-8")
    alter(path, old, new)
    assert ("error", rule) in {(finding.severity, finding.rule) for finding in found(root)}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("via: phone\n", "via: phone\nasignee: Jean\n", "unknown-key"),
        ("title: Outlook 365 - Impossible d'envoyer des emails externes", "title: Outlook bug", "vague-title"),
        ("asset: PC-COMPTA-015\n", "", "missing-asset"),
        ("Impact : Envoi factures clients bloqué (échéance fin de semaine)", "", "no-impact"),
        ("via: phone\n", "via: phone\nlinks: [related-to:INC0000404]\n", "link"),
        ("via: phone\n", "via: phone\nlinks: [cousin-of:INC0012345]\n", "link"),
        ("via: phone\n", "via: phone\nlinks: [../../etc]\n", "link"),
    ],
)
def test_advice_is_a_warning(root: Path, old: str, new: str, rule: str) -> None:
    alter(put(root), old, new)
    assert [(finding.severity, finding.rule) for finding in found(root)] == [("warning", rule)]


def test_a_link_to_a_ticket_of_the_desk_is_none_of_the_findings(root: Path) -> None:
    alter(put(root), "via: phone\n", "via: phone\nlinks: [related-to:INC0000007]\n")
    put(root, 7)
    assert rules(root) == []


def test_what_the_settings_list_not_is_an_error_on_an_open_ticket_and_a_warning_on_a_done_one(root: Path) -> None:
    others = Settings(agents=(Agent("Pierre MARTINEZ", group="Réseau"),), categories=("Réseau > VPN",))
    path = put(root)
    alter(path, "level: N2\nopened", "level: N2\ngroup: Messagerie\nopened")
    alter(path, "- spent: 15m", "- group: Messagerie")
    three = {"unknown-category", "unknown-assignee", "unknown-group"}
    assert {(one.severity, one.rule) for one in found(root, settings=others)} == {("error", rule) for rule in three}
    assert any("Pierre MARTINEZ" in finding.message for finding in found(root, settings=others))
    alter(path, "state: in_progress", "state: resolved")
    alter(path, "- group: Messagerie", "- group: Messagerie\n- state: in_progress → resolved")
    assert {(one.severity, one.rule) for one in found(root, settings=others) if one.rule in three} == {
        ("warning", rule) for rule in three
    }


def test_a_desk_that_lists_nothing_takes_any_word(root: Path) -> None:
    put(root)
    assert rules(root, settings=Settings()) == []


def test_an_imported_ticket_keeps_its_names_with_a_warning(root: Path) -> None:
    path = put(root)
    alter(path, "- level: N1\n", "- level: N1\n- source: servicenow\n")
    [finding] = found(root, settings=Settings(agents=(Agent("Luc PETIT"),)))
    assert (finding.severity, finding.rule) == ("warning", "unknown-assignee")


def test_two_files_with_one_id_or_uid_each_name_the_other(root: Path) -> None:
    first = put(root, 1)
    second = first.with_name("INC0000002.md")
    second.write_bytes(first.read_bytes())
    shared = [one for one in found(root) if one.rule.startswith("duplicate-")]
    assert [(Path(one.path).name, one.rule) for one in shared] == [
        (path.name, rule) for path in (first, second) for rule in ("duplicate-id", "duplicate-uid")
    ]
    assert all(other.name in one.message for one, other in zip(shared, (second, second, first, first), strict=True))


def test_a_ticket_in_the_wrong_folder_is_told_where_it_belongs(root: Path) -> None:
    put(root, folder="INC0000xxx")
    [finding] = found(root)
    assert (finding.severity, finding.rule) == ("error", "place")
    assert "tickets/INC0012xxx/INC0012345.md" in finding.mend


@pytest.mark.parametrize(
    "name",
    ["INC0012345 (copie).md", "inc0012345.md", "INC12345.md", "INC0012345.md.orig", "INC0012345_LOCAL_7.md", "a.md"],
)
def test_what_looks_like_a_ticket_and_is_not_named_like_one_is_a_warning(root: Path, name: str) -> None:
    put(root, name=name)
    [finding] = found(root)
    assert (finding.severity, finding.rule) == ("warning", "stray-file")
    assert check(desk_at(root)).files == 0


def test_attachments_hidden_files_and_read_mes_are_nobodys_tickets(root: Path) -> None:
    for name in ("INC0012xxx/INC0012345/INC0000001.md", "README.md", "INC0012xxx/.INC0012345.md.swp"):
        path = root / "tickets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not a ticket", encoding="utf-8")
    (root / "tickets/INC0012xxx/photo.png").write_bytes(b"\x89PNG")
    assert check(desk_at(root)) == CheckReport((), 0)
    assert check(desk_at(root), [root / "tickets/INC0012xxx/INC0012345"]) == CheckReport((), 0)
    assert check(desk_at(root), [root / "tickets/INC0012xxx/INC0012345/INC0000001.md"]) == CheckReport((), 0)


def test_links_among_the_tickets_are_named_and_never_followed(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    secret = outside / "secret.md"
    secret.write_text(TICKET, encoding="utf-8")
    folder = root / "tickets/INC0012xxx"
    folder.mkdir()
    (folder / "INC0012345.md").symlink_to(secret)
    (root / "tickets/INC0013xxx").symlink_to(outside)
    assert [(one.path, one.rule) for one in found(root)] == [
        ("tickets/INC0012xxx/INC0012345.md", "file"),
        ("tickets/INC0013xxx", "file"),
    ]
    assert rules(root, folder / "INC0012345.md") == ["file"]


def test_a_tickets_folder_that_leads_out_of_the_desk_is_refused(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "tickets").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(Unreadable):
        check(desk_at(tmp_path))


def test_a_pipe_in_a_tickets_place_does_not_hold_the_check_up(root: Path) -> None:
    (root / "tickets/INC0012xxx").mkdir()
    os.mkfifo(root / "tickets/INC0012xxx/INC0012345.md")
    assert rules(root) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_finding(root: Path) -> None:
    put(root, 1).chmod(0)
    shut = put(root, 5000).parent
    shut.chmod(0)
    try:
        assert rules(root) == ["file", "file"]
    finally:
        shut.chmod(0o755)


def test_a_name_that_is_no_utf8_can_still_be_shown(root: Path) -> None:
    try:
        (root / "tickets" / os.fsdecode(b"caf\xe9.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    [finding] = found(root)
    assert finding.path.encode() and "caf" in finding.path


def test_findings_come_by_path_and_line(root: Path) -> None:
    for number in (3, 1, 2):
        path = put(root, number)
        alter(path, "asset: PC-COMPTA-015\n", "")
        alter(path, "via: phone\n", "via: phone\nvias: phone\n")
    findings = found(root)
    assert len(findings) == 6
    assert [(one.path, one.line) for one in findings] == sorted((one.path, one.line) for one in findings)


def test_named_files_and_folders_are_checked_alone_and_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = put(root, 1), put(root, 2), put(root, 1001)
    for path in (first, second, third):
        alter(path, "asset: PC-COMPTA-015\n", "")
    assert [one.path[-13:] for one in found(root, first)] == ["INC0000001.md"]
    assert len(found(root, first, first.parent, root / "tickets/../tickets/INC0000xxx")) == 2
    assert len(found(root, root)) == len(found(root, root / "tickets")) == 3
    monkeypatch.chdir(third.parent)
    assert [one.path[-13:] for one in found(root, Path("INC0001001.md"))] == ["INC0001001.md"]
    assert len(found(root, Path(".."))) == 3


def test_a_desk_reached_by_a_link_is_the_same_desk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = put(root)
    alter(path, "asset: PC-COMPTA-015\n", "")
    link = tmp_path_factory.mktemp("links") / "desk"
    link.symlink_to(root)
    assert rules(link) == rules(link, path) == ["missing-asset"]
    assert rules(root, link / "tickets/INC0012xxx/INC0012345.md") == ["missing-asset"]


def test_paths_that_are_absent_outside_or_hold_no_tickets_are_refused(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    put(root)
    (root / "tkt.yaml").touch()
    (root / "templates").mkdir()
    outside = tmp_path_factory.mktemp("outside")
    absent = (root / "tickets/INC0099xxx", Path("a\0b"))
    for path in (*absent, outside, root.parent, root / "tkt.yaml", root / "templates"):
        with pytest.raises(NothingToCheck) as refusal:
            check(desk_at(root), [root / "tickets", path])
        assert refusal.value.exit_code == 4


def test_progress_is_told_file_by_file(root: Path) -> None:
    for number in range(1, 4):
        put(root, number)
    steps: list[tuple[int, int]] = []
    check(desk_at(root), progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


_PIECES = st.sampled_from(
    [
        *("---\n", "## Journal\n", "### ", ": ", "- ", "\r\n", "\0", '"', " → ", "[", "{", "&a ", "*a", "? ", "!!int "),
        *("### 0001-01-01T00:00:00+14:00 · x\n", "### 9999-12-31T23:59:59-14:00 · x\n", "\ufeff", "requester: ~\n"),
        *("<<<<<<< a\n=======\n>>>>>>> b\n", "tags: +a", "- links: +x -y\n", "links: [a, [b], 1]\n", "- until: x\n"),
    ]
)
# Where a piece goes in, how many bytes it replaces, and the piece.
_EDIT = st.tuples(
    st.integers(0, len(TICKET.encode())), st.integers(0, 40), _PIECES.map(str.encode) | st.binary(max_size=4)
)


@settings(max_examples=scaled(60, 2_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EDIT, max_size=5))
def test_whatever_a_file_holds_it_is_a_finding_and_the_next_file_is_checked(
    root: Path, edits: list[tuple[int, int, bytes]]
) -> None:
    data = TICKET.encode()
    for place, length, piece in edits:
        data = data[:place] + piece + data[place + length :]
    put(root, 12345).write_bytes(data)
    alter(put(root, 99999), "asset: PC-COMPTA-015\n", "")
    report = check(desk_at(root))
    assert report.files == 2
    assert any(one.path.endswith("INC0099999.md") and one.rule == "missing-asset" for one in report.findings)
    for finding in report.findings:
        assert finding.severity in ("error", "warning") and finding.message and finding.line >= 0


@pytest.mark.slow
def test_a_thousand_sound_tickets_have_no_findings(root: Path) -> None:
    for number in range(1, 1001):
        put(root, number)
    assert check(desk_at(root)) == CheckReport((), 1000)
