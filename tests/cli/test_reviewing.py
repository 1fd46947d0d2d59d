"""`tkt review`: what a pull request does to the tickets, in few words, and nothing of a ticket acts on who reads it."""

from __future__ import annotations

import html
import re
import time

import pytest
from markdown_it import MarkdownIt

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor
from tests.torture import reached, scaled

ID = "INC0000001"


@pytest.fixture
def base(tkt: FrontDoor, ticket: str, clock: Clock) -> FrontDoor:
    """A desk with one ticket, the tag `base` on it, and half an hour gone."""
    tkt("new", "Imprimante bloquée au deuxième", "-r", "Paul DURAND")
    tkt.git("tag", "base")
    clock("2026-01-15T09:45:00+01:00")
    return tkt


def test_it_tells_what_happened_to_each_ticket(base: FrontDoor) -> None:
    base("start", ID, "Je prends.")
    base("escalate", ID, "--to", "Pierre MARTIN", "Pour le serveur de messagerie")
    base("edit", "2", "--priority", "P1", "-m", "Toute la comptabilité attend.")
    base("new", "Écran noir au démarrage", "-r", "Marie MARTIN")

    lines = base("review", "base..HEAD").out.split("\n\n")

    assert lines[0].splitlines() == [
        f"{ID} · Outlook 365 - Impossible d'envoyer",
        "  state: New → In progress",
        "  assigned to: none → Pierre MARTIN",
        "  level: N1 → N2",
        "  group: none → Messagerie",
        "  response: running (due 2026-01-15 11:15) → met",
        "  2026-01-15 09:45 · Jean DUPONT · N1 · public: Je prends.",
        "  2026-01-15 09:45 · Jean DUPONT · N1: Pour le serveur de messagerie",
    ]
    assert "  priority: P3 → P1" in lines[1]
    assert "running (due 2026-01-16 09:15) → running (due 2026-01-15 13:15)" in lines[1]
    assert lines[2].startswith("INC0000003 · Écran noir au démarrage · opened\n  New, P3, N1\n")
    assert lines[3].startswith("3 tickets: 1 opened, 2 changed; 0 errors, ")


def test_a_state_is_told_with_the_ones_it_went_through(base: FrontDoor) -> None:
    base("start", ID)
    base("hold", ID, "--reason", "vendor")
    base("resolve", ID, "--cause", "unknown", "--action", "redémarrage")
    assert "state: New → In progress → Pending → Resolved" in base("review", "base").out


def test_links_tags_attachments_and_texts_are_told(base: FrontDoor) -> None:
    (base.root.parent / "trace.log").write_text("x", encoding="utf-8")
    base("attach", ID, str(base.root.parent / "trace.log"))
    base("link", ID, "related-to", "2")
    base.put(ID, base.data(ID).replace(b"\n## Journal", b"\n## Description\n\nDepuis 8h.\n\n## Journal"))
    base.put(ID, base.data(ID).replace(b"impact:", b"tags: [vip]\nimpact:", 1))

    told = base("review", "base").out

    assert "attachment added: trace.log" in told
    assert "links: +related to INC0000002" in told
    assert "tags: +vip" in told
    assert "description rewritten" in told


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_was_redacted_is_not_told_once_more(base: FrontDoor, form: str) -> None:
    base("edit", ID, "--phone", "0612345670", "--tag", "vip-0612345670")
    base.git("tag", "--force", "base")
    base("redact", ID, "--field", "phone", "--text", "vip-0612345670", "--why", "à sa demande")
    told = base("review", "base..HEAD", "--format", form).out
    assert "[redacted]" in told
    assert "0612345670" not in told


def test_nothing_touched_is_said(base: FrontDoor) -> None:
    assert base("review", "base..HEAD").out == "No ticket is touched.\n"


@pytest.mark.parametrize(
    ("range_", "told"),
    [("base..topic", "INC0000001"), ("base..", "INC0000002"), ("base", "INC0000002"), ("main...topic", "INC0000001")],
)
def test_a_range_is_read_as_git_reads_it(base: FrontDoor, range_: str, told: str) -> None:
    base.git("switch", "--quiet", "--create", "topic")
    base("log", ID, "Sur la branche.")
    base.git("switch", "--quiet", "main")
    base("log", "2", "Sur la branche principale.")

    assert [line[:10] for line in base("review", range_).lines if line.startswith("INC")] == [told]


def test_two_branches_that_parted_are_told_apart_from_a_loss(base: FrontDoor) -> None:
    base.git("switch", "--quiet", "--create", "topic")
    base("log", ID, "Sur la branche.")
    base.git("switch", "--quiet", "main")
    base("log", "2", "Sur la branche principale.")

    assert "With three dots" in base("review", "main..topic", code=1).err
    assert base("review", "main...topic").err == ""


@pytest.mark.parametrize("range_", ["absent..HEAD", "--output=x..HEAD", "--all", "HEAD..-x", "base..HEAD:tkt.yaml"])
def test_what_is_no_commit_is_refused_and_never_an_option(base: FrontDoor, range_: str) -> None:
    assert "is no commit of this repository" in base.refuses("review", "--", range_, code=4)


def test_an_unknown_format_is_refused(base: FrontDoor) -> None:
    assert "markdown" in base.refuses("review", "base", "--format", "markdwn", code=2)


def test_nothing_needs_to_be_checked_out(base: FrontDoor) -> None:
    base.git("switch", "--quiet", "--create", "topic")
    base("log", ID, "Sur la branche.")
    base("link", ID, "related-to", "2")
    base.git("switch", "--quiet", "main")
    base.git("rm", "--quiet", "-r", "tickets")

    answer = base("review", "base..topic")

    assert "Sur la branche." in answer.out
    assert "0 errors" in answer.out


# Rules broken


def test_an_entry_that_is_gone_or_altered_breaks_a_rule(base: FrontDoor) -> None:
    base("log", ID, "Un mot.")
    base("log", "2", "Un mot.")
    base.git("tag", "--force", "base")
    base.put(ID, base.data(ID).replace(b"Un mot.", b"Un autre."))
    base.put("INC0000002", base.data("INC0000002").split(b"\n### 2026-01-15T09:45")[0])

    told = base("review", "base", code=1).out

    assert "was altered" in told
    assert "is gone" in told
    assert told.index("is gone") and "2 errors" in told


def test_only_what_the_range_itself_broke_counts(base: FrontDoor) -> None:
    base.put("INC0000002", base.data("INC0000002").replace(b"priority: P3", b"priority: P1", 1))
    base.git("tag", "--force", "base")
    base("log", ID, "Un mot.")
    base.put("INC0000002", base.data("INC0000002") + b"\n")

    assert "0 errors" in base("review", "base").out
    base.put(ID, base.data(ID).replace(b"priority: P3", b"priority: P1", 1))
    assert "error, line " in base("review", "base", code=1).out


def test_a_ticket_that_vanished_breaks_a_rule(base: FrontDoor) -> None:
    base.git("rm", "--quiet", str(base.path(ID)))
    base.commit("gone")

    told = base("review", "base", code=1).out

    assert f"{ID} · Outlook 365 - Impossible d'envoyer · vanished" in told


def test_a_file_that_is_no_ticket_any_more_is_told_with_the_reason(base: FrontDoor) -> None:
    base.put(ID, b"rien")
    told = base("review", "base", code=1).out
    assert "unreadable" in told and "front matter" in told


def test_a_renumbered_ticket_is_one_ticket(base: FrontDoor) -> None:
    data = base.data(ID).decode().replace(f"id: {ID}", "id: INC0000009")
    base.git("rm", "--quiet", str(base.path(ID)))
    base.put("INC0000009", data.encode())
    assert "its aliases do not say so" in base("review", "base", code=1).out

    entry = f"\n### 2026-01-15T09:45:00+01:00 · Jean DUPONT · N1\n\n- aliases: +{ID}\n"
    base.put("INC0000009", data.replace("impact:", f"aliases: [{ID}]\nimpact:", 1).encode() + entry.encode())

    told = base("review", "base")
    assert f"INC0000009 · Outlook 365 - Impossible d'envoyer · was {ID}" in told.out
    assert "1 renumbered" in told.out


def test_a_link_in_a_tickets_place_is_never_followed(base: FrontDoor) -> None:
    base.path(ID).unlink()
    base.path(ID).symlink_to("/etc/passwd")
    base.commit("link")

    assert "is no ordinary file" in base("review", "base", code=1).out


# Markdown

HOSTILE = "**x** @admin #12 <img src=x> ![i](http://e.fr) https://e.fr `code` | a | b | & $x$ ~~y~~ \x1b[31m"


def test_no_markup_of_a_ticket_acts_in_a_comment(base: FrontDoor) -> None:
    base("edit", ID, "--title", HOSTILE.replace("\x1b", ""))
    base("log", ID, f"{HOSTILE}\n\n# Titre\n- point")
    base.put("INC0000002", base.data("INC0000002").replace(b"impact:", b'"@me<b>": "@you"\nimpact:', 1))

    told = base("review", "base", "--format", "markdown").out

    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(told)
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "ul", "li", "strong", "code"}
    outside = html.unescape(re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL))
    assert not re.search(r"[@#|$~]|http|\x1b", outside)
    inside = [html.unescape(one) for one in re.findall(r"<code>(.*?)</code>", page, flags=re.DOTALL)]
    assert HOSTILE.replace("\x1b", "\\x1b") in inside


def test_a_comment_is_never_longer_than_a_hosting_site_takes(base: FrontDoor) -> None:
    data = base.data(ID).decode()
    head, opening = data.split("\n### ", 1)
    entries = "".join(
        f"\n### 2026-01-15T09:{minute:02d}:{second:02d}+01:00 · Jean DUPONT\n\n{'mot ' * 60}\n"
        for minute in range(16, 40)
        for second in range(60)
    )
    base.put(ID, f"{head}\n### {opening}{entries}".encode())

    short = base("review", "base", "--format", "markdown").out
    whole = base("review", "base", "--format", "markdown", "--all").out

    assert "… 1435 earlier entries" in short
    assert len(short) < 3000
    assert 50_000 < len(whole) <= 60_000
    assert base("review", "base", "--all").out.count(" · Jean DUPONT: mot") == 1440


# JSON


def test_json_holds_every_ticket_and_both_sides(base: FrontDoor) -> None:
    base("start", ID, "Je prends.")

    document = base("review", "base", "--json").json

    assert document["version"] == 1
    assert document["head"] == base.git("rev-parse", "HEAD").strip()
    (one,) = document["tickets"]
    assert (one["id"], one["what"], one["was"]) == (ID, "changed", None)
    assert one["changes"][0] == {"key": "state", "old": "new", "new": "in_progress"}
    assert one["clocks"]["before"]["response"]["verdict"] == "running"
    assert one["clocks"]["after"]["response"]["verdict"] == "met"
    assert [entry["text"] for entry in one["entries"]] == ["Je prends."]
    assert base("review", "base", "--format", "json").json == document


def test_without_a_frozen_clock_a_range_tells_the_same_for_ever(
    base: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-15T10:00:00+01:00")
    base("start", ID, "Je prends.")
    monkeypatch.delenv("TKT_NOW")

    first = base("review", "base", "--json").out
    assert first == base("review", "base", "--json").out
    clock = base("review", "base", "--json").json["tickets"][0]["clocks"]["after"]["resolution"]
    assert clock["elapsed_seconds"] == 45 * 60


def test_a_thousand_changed_tickets_take_a_few_seconds(base: FrontDoor) -> None:
    count = scaled(100, 1000)
    data = base.data(ID).decode()
    for number in range(10, 10 + count):
        one = f"INC{number:07d}"
        text = data.replace(ID, one).replace("uid: ", f"uid: {number:04d}")
        base.path(one).parent.mkdir(exist_ok=True)
        base.path(one).write_text(text, encoding="utf-8")
    base.commit("many")
    base.git("tag", "--force", "base")
    for number in range(10, 10 + count):
        path = base.path(f"INC{number:07d}")
        entry = "\n### 2026-01-15T09:45:00+01:00 · Jean DUPONT · N1\n\nUn mot.\n"
        path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    base.commit("more")

    start = time.perf_counter()
    told = base("review", "base", "--format", "markdown").out
    seconds = time.perf_counter() - start

    assert f"{count} tickets: {count} changed; 0 errors" in told
    assert f"… and {count - 40} more tickets" in told
    assert seconds < 10
    reached("review-of-many-tickets", tickets=count, seconds=round(seconds, 2))
