"""Exports: every field of every ticket asked for, for other programs, and nothing that one of them would run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE, STATES, FrontDoor


def cells(text: str) -> list[dict[str, str]]:
    """The lines of an export as csv."""
    return list(csv.DictReader(io.StringIO(text)))


def test_every_ticket_is_a_line_in_the_order_of_ids(lives: FrontDoor) -> None:
    lines = [json.loads(line) for line in lives("export", "--format", "jsonl").lines]

    assert [one["id"] for one in lines] == list(IN_STATE.values())
    assert [one["id"] for one in cells(lives("export").out)] == list(IN_STATE.values())
    assert [one["state"] for one in lines] == list(STATES)


def test_a_line_holds_the_fields_both_clocks_and_the_times(lives: FrontDoor) -> None:
    lives("edit", "6", "--tag", "vip")
    lives.put(IN_STATE["closed"], lives.data(IN_STATE["closed"]).replace(b"state: ", b"x_cost: 12\nstate: ", 1))
    lives("reopen", "6", "Encore")
    lives("resolve", "6", "--cause", "unknown", "--action", "y")

    line = json.loads(lives("export", "id:6", "--format", "jsonl").out)
    row = cells(lives("export", "id:6").out)[0]

    assert line | {"version": 1} == line
    assert line["requester"]["department"] == row["requester.department"] == "Comptabilité"
    assert line["clocks"]["resolution"]["verdict"] == row["clocks.resolution.verdict"] == "met"
    assert row["clocks.resolution.target_seconds"] == str(line["clocks"]["resolution"]["target_seconds"])
    assert line["resolved_at"] == row["resolved_at"] == "2026-01-15T10:00:00+01:00"
    assert (line["closed_at"], row["closed_at"]) == (None, "")
    assert (line["reopened"], row["reopened"]) == (1, "1")
    assert (line["tags"], row["tags"]) == (["vip"], "vip")
    assert (line["other"], row["other.x_cost"]) == ({"x_cost": "12"}, "12")
    assert line["updated_at"] == "2026-01-15T10:00:00+01:00"


def test_a_line_of_json_has_the_keys_of_the_list_and_those_that_the_page_names(lives: FrontDoor) -> None:
    listed = lives("list", "--all", "--json").json["tickets"][0]
    more = set(json.loads(lives("export", "--format", "jsonl").lines[0])) - set(listed)
    told = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8").split("## Export")[1]

    assert more == {"version", "updated_at", "resolved_at", "closed_at", "cancelled_at", "reopened"}
    assert all(f"`{key}`" in told for key in more)


def test_the_columns_are_the_same_whatever_is_exported(lives: FrontDoor) -> None:
    """A ticket whose clocks cannot be told has its columns empty."""
    titles = lives("export", "id:1").lines[0]

    assert lives("export", "id:99").out == titles + "\n"
    assert lives("export", "--lang", "fr").lines[0] == titles


def test_no_formula_and_no_control_character_reaches_a_file(lives: FrontDoor) -> None:
    lives("edit", "1", "--title", "=HYPERLINK(1)")
    second = lives.data("INC0000002").decode().replace("Imprimante bloquée (assigned)", '"rouge \\e[31m, et « à »"', 1)
    lives.put("INC0000002", second.encode())

    rows = cells(lives("export").out)

    assert rows[0]["title"] == "'=HYPERLINK(1)"
    for format in ("csv", "jsonl"):
        assert "\x1b" not in lives("export", "--format", format).out
    assert json.loads(lives("export", "id:2", "--format", "jsonl").out)["title"].endswith("et « à »")


def test_a_file_is_written_whole_in_the_format_of_its_name(lives: FrontDoor, tmp_path: Path) -> None:
    place = tmp_path / "out" / "tickets.jsonl"
    place.parent.mkdir()
    place.write_text("old", encoding="utf-8")

    answer = lives("export", "state:open", "--output", str(place))

    assert answer.out == ""
    assert answer.err == f"4 tickets written to {place}.\n"
    assert [json.loads(line)["state"] for line in place.read_text(encoding="utf-8").splitlines()] == list(STATES[:4])
    assert [one.name for one in place.parent.iterdir()] == ["tickets.jsonl"]


def test_a_hyphen_is_standard_output(lives: FrontDoor) -> None:
    assert lives("export", "--output", "-") == lives("export")
    assert "-" not in [path.name for path in lives.root.iterdir()]


def test_an_export_may_look_back(lives: FrontDoor) -> None:
    then = lives("export", "--as-of", "2026-01-15T09:20", "--format", "jsonl").lines

    assert {json.loads(line)["state"] for line in then} == {"new"}


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        (("--format", "xml"), "“xml” is no format of an export. Known: csv, jsonl.", 2),
        (("stat:open",), "Did you mean state?", 2),
        (("--output", "nowhere/x.csv"), "tkt: nowhere/x.csv: No such file or directory", 5),
        (("--output", "tickets.xlsx"), "“xlsx” is no format of an export. Known: csv, jsonl.", 2),
    ],
)
def test_what_cannot_be_exported_is_refused(lives: FrontDoor, line: tuple[str, ...], said: str, code: int) -> None:
    assert said in lives.refuses("export", *line, code=code)
