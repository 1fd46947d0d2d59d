"""Sync against real remotes: what one leaves that is cut off, races without end, a merge that cannot be made."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.course_months import CET
from tests.git.work import Work
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.moves import log
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.said import Said
from tkt.domain.exchange import Exchange
from tkt.git.command import GitFailed
from tkt.git.recorder import GitRecorder
from tkt.git.repository import Repository
from tkt.git.sync import delivery, sync
from tkt.git.sync.integration import wants_rebase
from tkt.git.sync.ledger import REF, Ledger, read_ledger, tracking_ref
from tkt.git.sync.numbers import NumberFile
from tkt.git.sync.pushing import DECLINED, DRAGGED, PUSHED, RACED, push
from tkt.git.sync.sync import NotDelivered, Outrun, Sync
from tkt.store.settings.settings import read_settings

FIELDS = {"title": "Poste 12 - Session bloquée", "requester.name": "Marie MARTIN"}


class Clone:
    """A clone with a desk in it, synced without the front door."""

    def __init__(self, top: Path) -> None:
        self.work = Work(top)
        self.work.git("config", "core.fsync", "none")
        self.repository = Repository.of(top)
        self.told: list[str] = []

    @property
    def desk(self) -> Desk:
        recorder = GitRecorder(self.repository)
        now = datetime(2026, 1, 15, 9, 15, tzinfo=CET)
        settings = read_settings(self.work.top / "tkt.yaml")
        return Desk(self.work.top, settings, lambda: recorder, now, frozen=True)

    def sync(self, patience: float = 30) -> Exchange:
        return Sync(self.desk, self.repository, self.told.append, lambda _words: None, patience).run()

    def opens(self) -> str:
        return open_ticket(self.desk, Wish(FIELDS), Said()).after.id

    def numbers(self) -> NumberFile:
        return NumberFile(self.repository.common_dir)


@pytest.fixture
def clone(tmp_path: Path) -> Callable[[str], Clone]:
    """Makes clones of one desk on a server."""
    for name, *options in (("server", "--bare"), ("first",)):
        subprocess.run(["git", "init", "--quiet", *options, str(tmp_path / name)], check=True)
    first = Clone(tmp_path / "first")
    found_desk(first.work.top, "fr", "Europe/Paris", GitRecorder(first.repository), None)
    first.work.git("push", "--quiet", str(tmp_path / "server"), "main")

    def made(name: str) -> Clone:
        subprocess.run(["git", "clone", "--quiet", str(tmp_path / "server"), str(tmp_path / name)], check=True)
        return Clone(tmp_path / name)

    return made


def test_a_block_whose_push_was_not_heard_back_is_still_ours(
    clone: Callable[[str], Clone], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = clone("ana")
    with monkeypatch.context() as patch:
        patch.setattr(Sync, "_keep", lambda *_arguments: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ana.sync()
    assert ana.numbers().read().of("tickets").blocks == ()

    assert ana.sync().reserved == ()

    assert [(one.first, one.last) for one in ana.numbers().read().of("tickets").blocks] == [(1, 20)]
    assert ana.opens() == "INC0000001"


def test_a_sync_that_was_cut_off_after_renumbering_is_gone_on_with(
    clone: Callable[[str], Clone], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bob = clone("ana"), clone("bob")
    ana.opens()
    ana.sync()
    blind = bob.opens()
    with monkeypatch.context() as patch:
        patch.setattr(sync, "deliver", lambda *_arguments: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            bob.sync()

    done = bob.sync()

    assert done.renumbered == () and done.pushed == 3
    assert bob.desk.find("INC0000022") == "INC0000022"
    assert bob.desk.load("INC0000022").ticket.aliases == (blind,)


def test_a_race_that_is_lost_each_time_ends_and_says_so(
    clone: Callable[[str], Clone], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = clone("ana")
    ana.opens()
    raced = delivery.Delivery(push(ana.repository, "origin", {})._replace(status=1, fates={"refs/heads/main": RACED}))
    monkeypatch.setattr(sync, "deliver", lambda *_arguments: raced)
    with pytest.raises(Outrun, match="try again") as refusal:
        ana.sync(patience=0)
    assert refusal.value.exit_code == 6
    assert ana.work.status() == []


def test_a_hook_that_refuses_the_merge_leaves_all_as_it_was(clone: Callable[[str], Clone]) -> None:
    ana, bob = clone("ana"), clone("bob")
    ana.sync()
    bob.sync()
    ana.opens()
    bob.opens()
    ana.sync()
    bob.work.hook("pre-merge-commit", "echo 'no merges today' >&2; exit 1")
    before = bob.work.git("rev-parse", "HEAD")

    with pytest.raises(GitFailed, match="no merges today"):
        bob.sync()

    assert bob.work.git("rev-parse", "HEAD") == before
    assert bob.work.status() == [] and bob.repository.operation() is None


def test_a_pre_push_hook_that_refuses_is_heard(clone: Callable[[str], Clone]) -> None:
    ana = clone("ana")
    ana.opens()
    ana.work.hook("pre-push", "echo 'not on a Friday' >&2; exit 1")
    with pytest.raises(NotDelivered, match=r"not on a Friday.*1 commit waits here, of INC0000001\."):
        ana.sync()


def test_a_rebase_that_clashes_becomes_a_merge(clone: Callable[[str], Clone]) -> None:
    """Two commits of Bob's: the first one clashes by itself, both together do not."""
    ana, bob = clone("ana"), clone("bob")
    for one in (ana, bob):
        one.work.git("config", "pull.rebase", "true")
    ana.work.committed("notes.txt", "Ana's\n")
    ana.sync()
    bob.work.committed("notes.txt", "Bob's\n")
    bob.work.committed("notes.txt", "Ana's\n")

    assert bob.sync().merged_instead
    assert bob.repository.operation() is None


@pytest.mark.parametrize(
    ("settings", "rebases"),
    [
        ({}, False),
        ({"pull.rebase": "true"}, True),
        ({"pull.rebase": "merges"}, True),
        ({"pull.rebase": "interactive"}, True),
        ({"pull.rebase": "Off"}, False),
        ({"pull.rebase": "true", "branch.main.rebase": "false"}, False),
        ({"pull.rebase": "false", "branch.main.rebase": "true"}, True),
    ],
)
def test_rebase_or_merge_is_the_persons_choice(work: Work, settings: dict[str, str], rebases: bool) -> None:
    for key, value in settings.items():
        work.git("config", key, value)
    assert wants_rebase(Repository.of(work.top), "main") is rebases


def test_commits_that_others_have_seen_are_not_written_anew(clone: Callable[[str], Clone]) -> None:
    ana, bob = clone("ana"), clone("bob")
    ana.sync()
    bob.sync()
    bob.work.git("config", "pull.rebase", "true")
    bob.opens()
    bob.work.git("push", "--quiet", "origin", "HEAD:refs/heads/shown")
    ana.opens()
    ana.sync()
    assert "seen by others" in bob.sync().merged_instead


def test_what_is_changed_elsewhere_in_the_work_tree_stays(clone: Callable[[str], Clone]) -> None:
    ana, bob = clone("ana"), clone("bob")
    ana.work.committed("notes.txt")
    ana.sync()
    bob.sync()
    bob.work.write("notes.txt", "not committed\n")
    bob.work.write("new.txt", "nor this\n")
    ana.opens()
    ana.sync()
    bob.opens()
    bob.sync()
    assert bob.work.status() == [" M notes.txt", "?? new.txt"]


def test_only_the_tickets_whose_journals_grew_are_told(clone: Callable[[str], Clone]) -> None:
    ana, bob = clone("ana"), clone("bob")
    first, _second = ana.opens(), ana.opens()
    ana.sync()
    bob.sync()
    log(ana.desk, [first], Said("vu"))
    ana.sync()
    told = bob.sync().incoming
    assert [(one.id, one.before, one.after, one.entries) for one in told] == [(first, "new", "new", 1)]


def test_the_ledger_says_nothing_where_it_cannot_be_read(clone: Callable[[str], Clone]) -> None:
    ana = clone("ana")
    assert read_ledger(ana.repository, "origin", "tickets") == Ledger()
    ana.sync()
    tip = read_ledger(ana.repository, "origin", "tickets").tip
    tree = ana.work.git("rev-parse", f"{tip}^{{tree}}").strip()
    odd = ana.work.git("commit-tree", tree, "-p", tip, "-m", "Numbers: 90-80\nClone: \x1b[2J\nTickets: tickets").strip()
    ana.work.git("update-ref", tracking_ref("origin"), odd)
    assert [(one.first, one.last) for one in read_ledger(ana.repository, "origin", "tickets").ranges] == [(1, 20)]
    assert read_ledger(ana.repository, "origin", "support/tickets").ranges == ()


def test_each_ref_of_a_push_has_its_fate(clone: Callable[[str], Clone], tmp_path: Path) -> None:
    ana, bob = clone("ana"), clone("bob")
    ana.sync()
    head = bob.work.git("rev-parse", "HEAD").strip()
    ahead = bob.opens() and bob.work.git("rev-parse", "HEAD").strip()
    (tmp_path / "server" / "hooks" / "update").write_text('#!/bin/sh\ncase "$1" in */no) exit 1;; esac\n')
    (tmp_path / "server" / "hooks" / "update").chmod(0o755)

    assert push(bob.repository, "origin", {"refs/heads/x": head}).fates == {"refs/heads/x": PUSHED}
    assert push(bob.repository, "origin", {REF: head}).fates == {REF: RACED}
    declined = push(bob.repository, "origin", {"refs/heads/no": head})
    assert (declined.fates, declined.was_declined) == ({"refs/heads/no": DECLINED}, True)
    both = push(bob.repository, "origin", {"refs/heads/main": ahead, REF: head})
    assert both.fates == {"refs/heads/main": DRAGGED, REF: RACED} or both.has_raced
    assert push(bob.repository, "nowhere", {"refs/heads/x": head}).fates == {}


@pytest.mark.parametrize(
    ("name", "slug"), [("Zoé LE GOFF", "zoe-le-goff"), ("", "desk"), ("日本", "desk"), ("../../x --force", "x-force")]
)
def test_a_branch_to_review_bears_a_plain_name(clone: Callable[[str], Clone], name: str, slug: str) -> None:
    ana = clone("ana")
    branch = delivery.review_branch_of(ana.repository, name, "")
    assert branch.rpartition("-")[0] == f"tkt/{slug}"


def test_a_desk_of_a_newer_format_is_left_alone(clone: Callable[[str], Clone]) -> None:
    ana = clone("ana")
    newer = replace(ana.desk, settings=replace(ana.desk.settings, format=99))
    with pytest.raises(Exception, match="Upgrade tkt"):
        Sync(newer, ana.repository, ana.told.append, ana.told.append).run()
