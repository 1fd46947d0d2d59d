"""The audit: what it reads, what it leaves out, and that its page names every finding it may make."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.git.audit.audit import audit
from tkt.git.audit.commit_changes import FileChange, desk_of
from tkt.git.audit.judging import Judge
from tkt.git.audit.lineage import Lineage
from tkt.git.audit.past import Past
from tkt.git.audit.pushes import NotAPush, Update, pushed, received
from tkt.git.audit.signatures import fault_of_signature
from tkt.git.audit.versions import Versions
from tkt.git.command import Git, GitFailed
from tkt.git.repository import NoWorkTree

ROOT = Path(__file__).parents[2]
TICKET = """\
---
id: INC0000001
uid: 0123456789
type: incident
title: Écran noir
requester:
  name: Marie MARTIN
impact: medium
urgency: medium
priority: P3
state: new
opened_at: 2026-01-15T09:15:00+01:00
---

## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT

- state: new
- impact: medium
- urgency: medium
- priority: P3
"""
PATH = "tickets/INC0000xxx/INC0000001.md"
NOON = "2026-01-15T12:00:00+01:00"


@pytest.fixture
def desk(work: Work, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A desk with one ticket, committed when it was opened."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-01-15T09:15:10+01:00")
    work.write("tkt.yaml", "")
    work.committed(PATH, TICKET)
    return work


def rules(work: Work, *revisions: str, **how: bool) -> list[str]:
    return [one.rule for one in audit(Past.of(work.top), revisions or ["HEAD"], **how).findings]


def test_every_finding_is_named_in_the_page_and_no_other() -> None:
    rooms = ["domain/growth.py", "domain/snapshots.py", "domain/provenance.py", "store/version_growth.py"]
    rooms += ["git/audit/judging.py", "git/audit/audit.py", "git/audit/signatures.py"]
    sources = "".join((ROOT / "src" / "tkt" / room).read_text(encoding="utf-8") for room in rooms)
    made = set(re.findall(r'Discrepancy\(\s*(?:"\w+"|severity), "([a-z-]+)"', sources))
    made |= set(re.findall(r'rule = "([a-z-]+)" if said is None else "([a-z-]+)"', sources)[0]) | {"conflict-marker"}
    page = (ROOT / "docs" / "history.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \| (?:error|warning) \|", page, flags=re.MULTILINE)) == made


def test_a_commit_that_is_large_in_other_files_is_not_read(desk: Work) -> None:
    for number in range(30):
        desk.write(f"other/{number}.md", TICKET)
    desk.write("tickets/INC0000xxx/INC0000001/INC0000002.md", "an attachment\n")
    desk.write("tickets/README.md", "words\n")
    desk.git("add", "--all")
    desk.git("commit", "-qm", "others")
    assert rules(desk) == []


@pytest.mark.parametrize(
    ("path", "folder", "desk"),
    [
        (PATH, None, ""),
        (PATH, "", ""),
        (f"a/b/{PATH}", None, "a/b/"),
        (f"a/b/{PATH}", "a/b/", "a/b/"),
        (f"a/b/{PATH}", "a/", None),
        (f"a/b/{PATH}", "", None),
        ("tickets/misplaced/INC0000001.md", None, ""),
        ("tickets/INC0000xxx/INC0000001/INC0000002.md", None, None),
        ("tickets/INC0000xxx/INC0000001.txt", None, None),
        ("INC0000001.md", None, None),
        ("tickets/INC0000xxx/inc0000001.md", None, None),
    ],
)
def test_a_ticket_s_file_is_known_by_its_path(path: str, folder: str | None, desk: str | None) -> None:
    assert desk_of(path, folder) == desk


def test_versions_that_came_of_each_other_are_known_also_by_several_ways() -> None:
    lineage = Lineage()
    for old, new in [("a", "b"), ("b", "c"), ("x", "c"), ("c", "b")]:
        lineage.note(old, new)
    assert lineage.holds("a", "c") and lineage.holds("x", "c") and lineage.holds("c", "b")
    assert not lineage.holds("c", "a") and not lineage.holds("z", "c")


def test_a_merge_that_takes_one_side_reads_nothing_that_commits_before_it_made() -> None:
    judge = Judge(Versions(Git(Path("/nowhere"))))
    made = FileChange(PATH, "old", "new")
    assert list(judge.wanted(({}, {PATH: made}))) == ["old", "new"]
    judge._lineage.note("old", "new")
    assert list(judge.wanted(({}, {PATH: made}))) == []
    assert list(judge.wanted(({PATH: made}, {PATH: made}))) == ["old", "new"] * 2, "a version that no side has"
    assert list(judge.wanted(({PATH: made},))) == ["old", "new"], "only a merge takes"


def test_an_import_and_what_tkt_never_wrote_are_told_apart(desk: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", NOON)
    other = (
        TICKET.replace("0000001", "0000002").replace("0123456789", "9876543210").replace("Jean DUPONT", "ServiceNow")
    )
    desk.committed(
        "tickets/INC0000xxx/INC0000002.md", other.replace("- priority: P3\n", "- priority: P3\n- source: x\n")
    )
    assert rules(desk) == []
    desk.committed("tickets/INC0000xxx/INC0000003.md", other.replace("0000002", "0000003").replace("98765", "56789"))
    assert sorted(rules(desk)) == ["author", "time"]


def test_a_ticket_that_is_opened_must_say_how(desk: Work) -> None:
    desk.committed("tickets/INC0000xxx/INC0000002.md", TICKET.partition("### ")[0].replace("0000001", "0000002"))
    assert "opening-entry" in rules(desk)


def test_a_link_in_a_ticket_s_place_is_unreadable(desk: Work) -> None:
    (desk.top / PATH).unlink()
    (desk.top / PATH).symlink_to("/etc/passwd")
    desk.git("add", "--all")
    desk.git("commit", "-qm", "link")
    assert rules(desk) == ["unreadable"]


def test_a_file_that_is_mended_says_what_is_not_proven(desk: Work) -> None:
    desk.committed(PATH, "rien\n")
    desk.committed(PATH, TICKET)
    assert rules(desk) == ["unreadable", "unproven"]


def test_two_tickets_that_swap_their_files_lose_nothing_but_their_numbers(desk: Work) -> None:
    second = "tickets/INC0000xxx/INC0000002.md"
    other = TICKET.replace("0000001", "0000002").replace("0123456789", "9876543210")
    desk.committed(second, other)
    desk.write(PATH, other)
    desk.write(second, TICKET)
    desk.git("commit", "-qam", "swapped")
    assert rules(desk) == []


@pytest.mark.parametrize(
    ("letter", "severity"),
    [("G", None), ("X", "warning"), ("Y", "warning"), *((one, "error") for one in "NBUREZ"), ("", "error")],
)
def test_what_git_says_of_a_signature(letter: str, severity: str | None) -> None:
    fault = fault_of_signature(letter)
    assert (fault.severity if fault else None) == severity


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_commit_of_tickets_must_be_signed_by_a_key_that_is_trusted(desk: Work, tmp_path: Path) -> None:
    def key(name: str) -> Path:
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
        return path

    mine, strange = key("mine"), key("strange")
    signers = tmp_path / "signers"
    signers.write_text(f"jean.dupont@entreprise.fr {mine.with_suffix('.pub').read_text(encoding='utf-8')}")
    desk.git("config", "gpg.format", "ssh")
    desk.git("config", "gpg.ssh.allowedSignersFile", str(signers))
    desk.git("config", "user.signingKey", str(mine))
    assert rules(desk, require_signed=True) == ["signature"]

    desk.git("commit", "-q", "--amend", "--no-edit", "-S")
    desk.committed("note.txt", "nothing of a ticket: it need not be signed\n")
    assert rules(desk, require_signed=True) == []

    desk.git("reset", "-q", "--hard", "HEAD~1")
    desk.git("config", "user.signingKey", str(strange))
    desk.git("commit", "-q", "--amend", "--no-edit", "-S")
    (one,) = audit(Past.of(desk.top), ["HEAD"], require_signed=True).findings
    assert (one.rule, one.severity, one.path) == ("signature", "error", "")
    assert "not trusted" in one.message


def test_what_git_tells_its_hooks_is_understood() -> None:
    zero, one, two = "0" * 40, "1" * 40, "2" * 40
    assert received([f"{zero} {one} refs/heads/a b"]) == [Update("refs/heads/a b", "", one)]
    assert received([f"{one} {zero} refs/heads/a"]) == [Update("refs/heads/a", one, "")]
    assert pushed([f"HEAD@{{1 day ago}} {two} refs/heads/a {one}"]) == [Update("refs/heads/a", one, two)]
    assert pushed([f"(delete) {zero} refs/heads/a {one}", ""]) == [Update("refs/heads/a", one, "")]
    assert pushed([""]) == received([""]) == [], "nothing to push"
    for line in ("--all", f"{one} --all refs/heads/a", f"{one} {two}"):
        with pytest.raises(NotAPush):
            received([line])


def test_a_bare_repository_that_came_with_a_clone_is_not_trusted(desk: Work) -> None:
    subprocess.run(["git", "clone", "-q", "--bare", str(desk.top), str(desk.top / "hidden")], check=True)
    with pytest.raises(NoWorkTree):
        Past.of(desk.top / "hidden")


def test_a_past_that_breaks_off_is_no_clean_bill(desk: Work) -> None:
    desk.committed("note.txt")
    lost = desk.git("rev-parse", "HEAD~1").strip()
    os.unlink(desk.top / ".git" / "objects" / lost[:2] / lost[2:])
    with pytest.raises(GitFailed):
        rules(desk)
