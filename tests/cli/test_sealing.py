"""seal: a month's figures in a tag, and what is found when they are counted again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor

FEBRUARY = "2026-02-03T09:00:00+01:00"
TAG = "tkt/seal/2026-01"


@pytest.fixture
def over(lives: FrontDoor, clock: Clock) -> FrontDoor:
    """The desk of `lives` when its month is over."""
    clock(FEBRUARY)
    return lives


@pytest.fixture
def sealed(over: FrontDoor) -> FrontDoor:
    """The same, the month sealed."""
    over("seal", "last")
    return over


def message(tkt: FrontDoor, tag: str = TAG) -> str:
    return tkt.git("for-each-ref", "--format=%(contents)", f"refs/tags/{tag}")


def document(tkt: FrontDoor, tag: str = TAG) -> dict[str, Any]:
    """What a seal says to programs."""
    line = next(one for one in message(tkt, tag).splitlines() if one.startswith("Seal: "))
    found: dict[str, Any] = json.loads(line.removeprefix("Seal: "))
    return found


def verified(tkt: FrontDoor, *months: str, code: int = 0) -> dict[str, Any]:
    """What became of the first seal."""
    found: dict[str, Any] = tkt("seal", "--verify", *months, "--json", code=code).json["seals"][0]
    assert found["holds"] == (code == 0)
    return found


def test_a_seal_is_an_annotated_tag_on_the_last_commit_that_says_the_months_figures(over: FrontDoor) -> None:
    figures = over("kpi", "--month", "2026-01", "--json").json
    before = over.snapshot()

    answer = over("seal", "2026-01")

    assert answer.out == f"{TAG}\n"
    assert over.snapshot() == before
    head = over.git("rev-parse", "HEAD").strip()
    assert over.git("rev-parse", f"{TAG}^{{}}").strip() == head
    assert over.git("cat-file", "-t", TAG).strip() == "tag"
    said = document(over)
    assert (said["version"], said["month"], said["commit"]) == (1, "2026-01", head)
    assert said["types"] == ["incident", "request"]
    assert len(said["settings"]) == 64 and said["tkt"]
    assert {key: said[key] for key in ("period", "kpi", "by_priority", "ola")} == {
        key: figures[key] for key in ("period", "kpi", "by_priority", "ola")
    }
    lines = message(over).splitlines()
    assert lines[0] == "Figures of January 2026"
    assert any(line.split() == ["Created", "7"] for line in lines)
    assert any(head in line and said["settings"] in line for line in lines)


def test_a_seal_holds_whatever_becomes_of_the_tickets_in_another_month(sealed: FrontDoor) -> None:
    assert verified(sealed)["figures"] == []
    sealed("resolve", IN_STATE["in_progress"], "--cause", "unknown", "--action", "fait")
    sealed("reopen", IN_STATE["resolved"], "revenu")
    sealed("edit", IN_STATE["pending"], "--urgency", "high")
    sealed("new", "Du mois suivant", "-r", "Marie MARTIN")

    assert sealed("seal", "--verify").out == f"{TAG} holds\n"
    sealed.git("gc", "--quiet", "--prune=now")
    assert verified(sealed, "2026-01")["tickets"] == []


@pytest.mark.parametrize("month", ["2026-02", "this", "2026-03"])
def test_a_month_that_is_not_over_is_not_sealed(over: FrontDoor, month: str) -> None:
    assert "is not over" in over.refuses("seal", month, code=3)


@pytest.mark.parametrize("what", ["changed", "staged", "new", "settings"])
def test_a_desk_that_is_not_as_committed_is_not_sealed(over: FrontDoor, what: str) -> None:
    path = over.path(IN_STATE["new"])
    if what == "new":
        path = path.with_name("INC0000999.md")
    if what == "settings":
        path = over.root / "tkt.yaml"
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    if what == "staged":
        over.git("add", "--all")

    said = over.refuses("seal", "2026-01", code=3)
    assert "not as it was committed" in said and path.name in said


def test_what_no_figure_rests_on_may_be_changed(over: FrontDoor) -> None:
    (over.root / "notes.txt").write_text("rien")
    (over.root / "people.csv").write_text("name\n")

    over("seal", "2026-01")


def test_tickets_that_cannot_be_read_are_not_left_out_of_a_seal(over: FrontDoor) -> None:
    over.put(IN_STATE["new"], b"nothing that is a ticket")

    assert f"{IN_STATE['new']}.md" in over.refuses("seal", "2026-01", code=3)


def test_a_sealed_month_is_sealed_anew_with_a_reason_and_the_seal_before_is_kept(sealed: FrontDoor) -> None:
    first = sealed.git("rev-parse", TAG).strip()
    assert "say with --force why" in sealed.refuses("seal", "2026-01", code=3)
    assert "needs the reason" in sealed.refuses("seal", "2026-01", "--force", " ", code=2)
    sealed("log", IN_STATE["new"], "un mot")

    sealed("seal", "2026-01", "--force", "deux tickets\nsaisis tard")
    sealed("seal", "2026-01", "--force", "encore")

    said = document(sealed, "tkt/seal/2026-01")
    assert said["why"] == "encore"
    assert sealed.git("rev-parse", "tkt/replaced-seal/2026-01/1").strip() == first
    assert sealed.git("rev-parse", "tkt/replaced-seal/2026-01/2").strip() == said["replaced"]
    assert document(sealed, "tkt/replaced-seal/2026-01/2")["why"] == "deux tickets\nsaisis tard"
    assert "Replaces an earlier seal: deux tickets saisis tard" in message(sealed, "tkt/replaced-seal/2026-01/2")
    assert [one["month"] for one in sealed("seal", "--list", "--json").json["seals"]] == ["2026-01"]
    verified(sealed)


def test_history_that_is_rewritten_by_hand_is_found_with_the_ticket_that_makes_the_difference(
    sealed: FrontDoor,
) -> None:
    one = IN_STATE["resolved"]
    sealed.put(one, sealed.data(one).replace(b"priority: P3", b"priority: P1"))

    found = verified(sealed, code=1)

    assert found["troubles"] == []
    changed = {figure["key"]: figure for figure in found["figures"] if figure["of"] == "P1"}
    assert (
        changed["created"]["sealed"]
        == changed["created"]["at_commit"]
        == {**changed["created"]["today"], "value": 0, "numerator": 0}
    )
    assert changed["created"]["today"]["value"] == 1
    (ticket,) = found["tickets"]
    assert (ticket["id"], ticket["what"]) == (one, "changed")
    assert {"key": "priority", "old": "P3", "new": "P1"} in ticket["fields"]
    assert "created" in ticket["keys"]
    text = sealed("seal", "--verify", code=1).out
    assert f"{TAG} does not hold" in text and one in text and "priority P3 → P1" in text


def test_what_is_recorded_late_for_a_sealed_month_is_found(sealed: FrontDoor, clock: Clock) -> None:
    one = IN_STATE["in_progress"]
    late = ("--at", "2026-01-15T09:45", "--late", "réseau coupé")
    sealed("resolve", one, "--cause", "unknown", "--action", "fait", *late)

    (ticket,) = verified(sealed, code=1)["tickets"]

    assert (ticket["id"], ticket["entries_added"], ticket["entries_gone"]) == (one, 1, 0)
    assert "resolved" in ticket["keys"]


def test_tickets_that_came_or_went_are_found(sealed: FrontDoor) -> None:
    gone, copied = IN_STATE["closed"], "INC0000042"
    data = sealed.data(gone)
    sealed.path(gone).unlink()
    sealed.put(copied, data.replace(gone.encode(), copied.encode()))

    found = {one["id"]: one["what"] for one in verified(sealed, code=0)["tickets"]}
    assert found == {}  # one for the other: the figures are the same
    sealed.put("INC0000043", data.replace(gone.encode(), b"INC0000043"))
    found = {one["id"]: one["what"] for one in verified(sealed, code=1)["tickets"]}
    assert found == {gone: "gone", copied: "added", "INC0000043": "added"}


def test_a_ticket_that_cannot_be_read_any_more_is_told(sealed: FrontDoor) -> None:
    sealed.path(IN_STATE["closed"]).write_bytes(b"spoilt")

    answer = sealed("seal", "--verify", "--json", code=1)

    assert IN_STATE["closed"] in answer.err
    assert answer.json["seals"][0]["tickets"][0]["what"] == "gone"


def test_settings_that_make_the_past_otherwise_are_told(sealed: FrontDoor) -> None:
    path = sealed.root / "tkt.yaml"
    path.write_text(path.read_text().replace("response: 2h", "response: 5m"))
    sealed.commit("other promises")

    found = verified(sealed, code=1)

    assert found["settings_changed"]
    assert {one["id"] for one in found["tickets"]} >= {IN_STATE["resolved"], IN_STATE["closed"]}
    assert "set up otherwise today" in sealed("seal", "--verify", code=1).out


def test_a_seal_that_says_other_figures_than_its_commit_is_found(sealed: FrontDoor) -> None:
    said = message(sealed).replace('"created": {"value": 7', '"created": {"value": 8')
    sealed.git("tag", "--force", "-m", said, "--cleanup=verbatim", TAG, "HEAD")

    found = verified(sealed, code=1)

    (figure,) = [one for one in found["figures"] if one["of"] is None]
    assert (figure["key"], figure["sealed"]["value"], figure["at_commit"]["value"]) == ("created", 8, 7)
    assert found["tickets"] == []


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        (r"^Resolved +\d+", "Resolved   999", "not what it says to programs"),
        (r'"resolved": \{[^}]*\}, ', "", "5 figures that this tkt seals are missing"),
    ],
)
def test_a_seal_that_says_something_else_to_people_or_leaves_figures_out_does_not_hold(
    sealed: FrontDoor, written: str, instead: str, says: str
) -> None:
    said = re.sub(written, instead, message(sealed), flags=re.MULTILINE)
    assert said != message(sealed)
    sealed.git("tag", "--force", "-m", said, "--cleanup=verbatim", TAG, "HEAD")

    (trouble,) = verified(sealed, code=1)["troubles"]

    assert says in trouble


def test_a_seal_of_another_version_of_tkt_is_not_held_to_the_words_of_this_one(sealed: FrontDoor) -> None:
    said = message(sealed).replace(document(sealed)["tkt"], "0.0.1").replace("Resolved", "Solved")
    sealed.git("tag", "--force", "-m", said, "--cleanup=verbatim", TAG, "HEAD")

    assert verified(sealed)["troubles"] == []


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (("tag", "--force", TAG, "HEAD"), "does not say the figures"),
        (("tag", "--force", "-m", 'Seal: {"version": 1}', TAG, "HEAD"), "does not say the figures"),
        (("tag", "--force", "-m", "Seal: " + "[" * 9_000, TAG, "HEAD"), "does not say the figures"),
        (("tag", "--force", "-m", "x", TAG, "HEAD:tickets"), "does not say the figures"),
    ],
)
def test_a_tag_that_is_no_seal_does_not_hold(sealed: FrontDoor, spoil: tuple[str, ...], says: str) -> None:
    sealed.git(*spoil)

    assert says in " ".join(verified(sealed, code=1)["troubles"])
    assert sealed("seal", "--list", "--json").json["seals"][0]["kpi"] == {}
    sealed("seal", "--list")


def test_a_seal_put_on_another_commit_or_month_does_not_hold(sealed: FrontDoor) -> None:
    said = message(sealed)
    sealed("log", IN_STATE["new"], "un mot")
    sealed.git("tag", "--force", "-m", said, "--cleanup=verbatim", TAG, "HEAD")
    assert "The tag is on commit" in verified(sealed, code=1)["troubles"][0]

    sealed.git("tag", "-m", said, "--cleanup=verbatim", "tkt/seal/2025-12", "HEAD~1")
    assert "for 2025-12" in verified(sealed, "2025-12", code=1)["troubles"][0]

    sealed.git("update-ref", "refs/tags/tkt/seal/2025-11", "refs/tags/tkt/seal/2025-12")
    assert "does not say the figures" in verified(sealed, "2025-11", code=1)["troubles"][0]


def test_history_that_was_rewritten_leaves_the_seal_on_no_branch(sealed: FrontDoor) -> None:
    sealed.git("commit", "--quiet", "--amend", "-m", "rewritten")

    assert "No branch holds commit" in verified(sealed, code=1)["troubles"][0]


def test_what_a_clone_puts_in_a_commits_place_plays_no_part(sealed: FrontDoor) -> None:
    sealed.put(IN_STATE["closed"], b"nothing that is a ticket")
    sealed.git("replace", "HEAD~1", "HEAD")

    found = verified(sealed, code=1)
    assert all(one["at_commit"] == one["sealed"] for one in found["figures"])


def test_seals_are_listed_with_who_made_them_and_what_they_say(sealed: FrontDoor) -> None:
    sealed("seal", "2025-12")

    listed = sealed("seal", "--list", "--json").json
    assert [(one["month"], one["signed"], one["by"]["name"]) for one in listed["seals"]] == [
        ("2025-12", False, "Jean DUPONT"),
        ("2026-01", False, "Jean DUPONT"),
    ]
    assert listed["seals"][1]["kpi"]["created"] == {"value": 7, "numerator": 7, "denominator": None}
    assert [line.split()[0] for line in sealed("seal", "--list").lines] == ["Month", "2025-12", "2026-01"]
    assert len(sealed("seal", "--list", "2026-01", "--format", "csv").lines) == 2
    assert "2026-02 is not sealed" in sealed.refuses("seal", "--list", "2026-02", code=4)
    assert "2026-02 is not sealed" in sealed.refuses("seal", "--verify", "2026-02", code=4)


def test_where_nothing_is_sealed_that_is_said(over: FrontDoor) -> None:
    assert "No month is sealed" in over("seal", "--list").err
    assert "No month is sealed" in over("seal", "--verify").err
    assert over("seal", "--verify", "--json").json == {"version": 1, "seals": []}


@pytest.mark.parametrize(
    "line",
    [
        (),
        ("--list", "--verify"),
        ("--verify", "--force", "x"),
        ("--list", "--sign"),
        ("--no-sign",),
        ("janvier",),
        ("2026-13",),
    ],
)
def test_a_line_that_seals_nothing_is_refused(over: FrontDoor, line: tuple[str, ...]) -> None:
    over.refuses("seal", *line, code=2)


def test_the_sealed_month_is_reported_on_again_at_its_tag(sealed: FrontDoor) -> None:
    then = sealed("kpi", "--month", "2026-01", "--json").json["kpi"]
    sealed.path(IN_STATE["closed"]).unlink()
    sealed.commit("lost")

    assert sealed("kpi", "--month", "2026-01", "--at-commit", TAG, "--json").json["kpi"] == then


def test_a_month_is_sealed_in_either_language_and_holds_in_both(over: FrontDoor) -> None:
    over("seal", "2026-01", "--lang", "fr")

    assert message(over).splitlines()[0] != "Figures of January 2026"
    verified(over)
    assert over("seal", "--verify", "--lang", "fr").out.startswith(TAG)


def test_a_desk_in_a_folder_has_seals_of_its_own(over: FrontDoor, tmp_path: Path) -> None:
    inner = FrontDoor(over.root / "Support ~ été..lock")
    inner.root.mkdir()
    inner("init", "--lang", "en", "--timezone", "Europe/Paris")
    over("seal", "2026-01")
    name = inner("seal", "2026-01").out.strip()

    assert name.startswith("tkt/seal/Support") and name.endswith("/2026-01")
    assert document(inner, name)["kpi"]["created"]["value"] == 0
    assert document(over)["kpi"]["created"]["value"] == 7
    assert len(over("seal", "--list", "--json").json["seals"]) == 1
    verified(inner)


def test_a_seal_that_git_refuses_leaves_everything_as_it_was(sealed: FrontDoor) -> None:
    sealed.git("config", "user.signingkey", "nobody-has-this-key")
    sealed.git("config", "gpg.program", "false")
    before = sealed.git("for-each-ref")

    sealed("seal", "2026-01", "--sign", "--force", "signé", code=7)

    assert sealed.git("for-each-ref") == before


def ssh_key(tkt: FrontDoor, folder: Path) -> Path:
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (folder / "signers").write_text(f"jean.dupont@entreprise.fr {(folder / 'key.pub').read_text()}")
    tkt.git("config", "gpg.format", "ssh")
    tkt.git("config", "user.signingkey", str(key))
    return folder / "signers"


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="signs with ssh-keygen")
def test_a_seal_is_signed_when_asked_or_when_git_says_so_and_its_signature_checked(
    over: FrontDoor, tmp_path: Path
) -> None:
    signers = ssh_key(over, tmp_path)
    over("seal", "2025-12")
    over("seal", "2026-01", "--sign")
    over.git("config", "tag.gpgSign", "true")
    over("seal", "2025-11")
    over("seal", "2025-10", "--no-sign")

    listed = {one["month"]: one["signed"] for one in over("seal", "--list", "--json").json["seals"]}
    assert listed == {"2025-10": False, "2025-11": True, "2025-12": False, "2026-01": True}
    assert "signature is not good" in verified(over, "2026-01", code=1)["troubles"][0]  # of nobody who is known
    over.git("config", "gpg.ssh.allowedSignersFile", str(signers))
    verified(over, "2026-01")
    assert over("seal", "--verify").out.count("holds") == 4


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="signs with ssh-keygen")
def test_a_signed_seal_that_was_altered_does_not_hold(over: FrontDoor, tmp_path: Path) -> None:
    over.git("config", "gpg.ssh.allowedSignersFile", str(ssh_key(over, tmp_path)))
    over("seal", "2026-01", "--sign")
    raw = over.git("cat-file", "tag", TAG).replace('"created": {"value": 7', '"created": {"value": 8')
    forged = subprocess.run(
        ["git", "hash-object", "-w", "-t", "tag", "--stdin"],
        cwd=over.root,
        input=raw.encode(),
        capture_output=True,
        check=True,
    )
    over.git("update-ref", f"refs/tags/{TAG}", forged.stdout.decode().strip())

    found = verified(over, code=1)
    assert "signature is not good" in found["troubles"][0]
    assert found["figures"][0]["key"] == "created"


@pytest.mark.skipif(not shutil.which("gpg") or not shutil.which("gpgconf"), reason="signs with gpg")
def test_a_seal_signed_with_gpg_is_checked(over: FrontDoor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The path of gpg's socket may hold 107 bytes.
    home = Path(os.path.realpath("/tmp")) / f"gpg-{os.getpid()}"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    try:
        who = "Jean DUPONT <jean.dupont@entreprise.fr>"
        quick = ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", who, "ed25519", "sign", "never"]
        subprocess.run(quick, check=True, capture_output=True)
        over("seal", "2026-01", "--sign")
        assert "BEGIN PGP SIGNATURE" in over.git("cat-file", "tag", TAG)
        verified(over)
        monkeypatch.setenv("GNUPGHOME", str(tmp_path))
        assert "signature is not good" in verified(over, code=1)["troubles"][0]
    finally:
        for folder in (home, tmp_path):
            subprocess.run(["gpgconf", "--homedir", str(folder), "--kill", "all"], check=False)
        shutil.rmtree(home, ignore_errors=True)
