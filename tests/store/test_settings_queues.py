"""The setting `queues`: read as it is written, or complained of, all at once and with its line."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.front_door import surroundings
from tests.store.desk_settings import problems, settings
from tkt.columns.naming import groupable, read_code
from tkt.domain.queues import DEFAULT_QUEUES, Queue
from tkt.domain.settings import Settings
from tkt.language import LANGUAGES
from tkt.query.query import Context, read_query
from tkt.store.settings.default_settings import default_settings_text


def test_a_desk_has_six_queues_unless_it_says_otherwise() -> None:
    assert list(Settings().queues) == ["mine", "unassigned", "at-risk", "waiting-for-user", "breached", "reopened"]


def test_what_the_file_says_takes_the_place_of_all_of_them(tmp_path: Path) -> None:
    read = settings(
        tmp_path,
        """\
queues:
  vip:
    title: Très importants
    query: state:open tag:vip -assignee:me "relay denied"
    columns: [id, title, age, response.due, x_site]
    sort: [priority, -age]
    by: state
    x_ours: 1
  all: {query: state:open, columns: id, sort: -id}
""",
    ).queues
    assert list(read.values()) == [
        Queue(
            "vip",
            'state:open tag:vip -assignee:me "relay denied"',
            "Très importants",
            ("id", "title", "age", "response.due", "x_site"),
            ("priority", "-age"),
            "state",
        ),
        Queue("all", "state:open", columns=("id",), sort=("-id",)),
    ]


def test_a_desk_may_do_without_queues(tmp_path: Path) -> None:
    assert settings(tmp_path, "queues: {}\n").queues == {}
    assert settings(tmp_path, "queues:\n").queues == DEFAULT_QUEUES


def test_all_that_is_wrong_with_queues_is_said_at_once_with_what_was_meant(tmp_path: Path) -> None:
    text = (
        """\
queues:
  mine:
    query: stat:open
    columns: [id, tittle, Demandeur]
    sort: -agee
    by: age
  two words: {query: state:open}
  Mine: {query: state:open}
  none: {titel: x}
  last: {query: state:opn, columns: [[id]], title: """
        + "x" * 81
        + "}\n"
    )
    found = problems(tmp_path, text)
    assert [line.split(":")[0] for line in found] == ["3", "4", "4", "5", "6", "7", "8", "9", "9", "10", "10", "10"]
    said = "\n".join(found)
    for one in (
        "3: queues.mine.query: ",
        "4: queues.mine.columns[1]: “tittle” is no column of a list. Did you mean title?",
        "4: queues.mine.columns[2]: “Demandeur” is no column of a list. Did you mean requester?",
        "5: queues.mine.sort: “agee” is no column of a list. Did you mean age?",
        "6: queues.mine.by: Nothing can be grouped by “age”",
        "7: queues.two words: “two words” cannot be a queue's name. Write a word",
        "8: queues.Mine: another queue is named “mine” already.",
        "9: queues.none.titel: there is no such key. Did you mean title?",
        "9: queues.none: missing here: query.",
        "10: queues.last.columns[0]: a single text is expected here.",
        "10: queues.last.title: a title is at most 80 characters long.",
    ):
        assert one in said
    assert "stat" in found[0] and "state" in found[0]
    assert any("queues.last.query" in line and "open" in line for line in found)


@pytest.mark.parametrize("text", ["queues: [mine]", "queues: {mine: state:open}", "queues: {mine: {query: [a]}}"])
def test_queues_in_another_shape_are_complained_of_once(tmp_path: Path, text: str) -> None:
    assert len(problems(tmp_path, text + "\n")) == 1


@pytest.mark.parametrize("queue", DEFAULT_QUEUES.values(), ids=DEFAULT_QUEUES)
def test_the_queues_of_every_desk_are_understood(queue: Queue) -> None:
    """Nothing else holds them: they are read without being understood anew."""
    zone = Settings().timezone
    assert read_query(queue.query, Context(datetime(2026, 1, 15, tzinfo=zone), zone))
    assert [read_code(name).name for name in queue.columns] == list(queue.columns)
    assert all(read_code(name.removeprefix("-")) for name in queue.sort)
    assert not queue.by or groupable(read_code(queue.by))
    assert queue.shown_title() != queue.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_that_opens_no_queue_understands_none(tmp_path: Path, language: str) -> None:
    """Every command reads the settings: those that `tkt init` writes must cost it no more than their lines."""
    (tmp_path / "tkt.yaml").write_text(default_settings_text(language, "Europe/Paris"), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from tkt.store.settings.settings import read_settings;"
        "read_settings(Path('tkt.yaml'));"
        "print([one for one in sys.modules if one.startswith(('tkt.query', 'tkt.columns'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=surroundings(), capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commented_queue_of_a_new_desk_reads_too(tmp_path: Path, language: str) -> None:
    text = default_settings_text(language, "Europe/Paris").replace("#   messaging: {", "queues:\n  messaging: {")
    shown = text.partition("queues:\n  messaging")[2].partition("\n")[0]
    read = settings(tmp_path, f"queues:\n  messaging{shown}\n").queues
    assert (list(read), read["messaging"].by) == (["messaging"], "state")
