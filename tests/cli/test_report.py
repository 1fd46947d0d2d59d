"""tkt report: a page, Markdown, CSV or JSON of a period, where a person says, the same bytes for the same desk."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor


def test_the_name_of_the_file_says_the_format(lives: FrontDoor) -> None:
    for name, beginning in (("r.html", b"<!DOCTYPE html>"), ("r.md", b"# Support report"), ("r.zip", b"PK")):
        told = lives("report", "--output", name)
        assert (lives.root / name).read_bytes().startswith(beginning)
        assert told.err == f"Written: {name}\n" and not told.out
    told = lives("report", "-o", "figures")
    assert sorted(one.name for one in (lives.root / "figures").iterdir())[:2] == ["ages.csv", "breaches.csv"]
    assert told.err == "Written: 10 files in figures\n"


def test_a_format_may_be_said_and_standard_output_takes_it(lives: FrontDoor) -> None:
    assert lives("report").out.startswith("# Support report - January 2026")
    assert lives("report", "--format", "html", "--lang", "fr").out.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert lives("report", "--output", "-").out == lives("report").out and not (lives.root / "-").exists()
    lives("report", "--format", "markdown", "--output", "r.txt")
    assert (lives.root / "r.txt").read_text(encoding="utf-8") == lives("report").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--output", "r.pdf"), "r.pdf has no ending of a report"),
        (("--format", "csv"), "name a folder or a .zip"),
        (("--format", "pdf"), "“pdf” is not a report's format. Known: html, markdown, csv."),
        (("--month", "2026-01", "--all"), "give only one of them"),
    ],
)
def test_what_is_no_report_is_refused(lives: FrontDoor, arguments: tuple[str, ...], says: str) -> None:
    assert says in lives("report", *arguments, code=2).err


def test_a_place_that_cannot_be_written_is_exit_5(lives: FrontDoor) -> None:
    (lives.root / "file").write_text("", encoding="utf-8")
    assert "cannot be written" in lives("report", "--output", "file/r.html", code=5).err


def test_the_figures_are_those_of_kpi(lives: FrontDoor) -> None:
    kpi = lives("kpi", "--month", "2026-01", "--json").json["kpi"]
    document = lives("report", "--month", "2026-01", "--json").json
    overall = {one["key"]: one["value"] for one in document["indicators"] if not one["priority"]}
    assert overall == {key: one["value"] for key, one in kpi.items()}
    assert sum(one["created"] for one in document["volumes"]) == 7


def test_the_same_desk_at_the_same_moment_gives_the_same_bytes(lives: FrontDoor) -> None:
    for name in ("one.html", "one.md", "one.zip"):
        lives("report", "--output", name)
        first = (lives.root / name).read_bytes()
        lives.process("report", "--output", name, environment={"PYTHONHASHSEED": "7"})
        assert (lives.root / name).read_bytes() == first


def test_a_report_looks_back_to_a_moment_or_a_commit(lives: FrontDoor, clock: Clock) -> None:
    then = lives("report", "--json").json
    commit = lives.git("rev-parse", "HEAD").strip()
    clock("2026-01-20T10:00:00+01:00")
    lives("new", "Écran noir", "-r", "Marie MARTIN")
    at_moment = lives("report", "--as-of", "2026-01-15T10:00", "--json").json
    assert at_moment == then
    assert (
        lives("report", "--at-commit", commit, "--as-of", "2026-01-15T10:00", "--json").json["volumes"]
        == then["volumes"]
    )
    assert sum(one["created"] for one in lives("report", "--json").json["volumes"]) == 8


def test_a_query_says_which_tickets_count(lives: FrontDoor) -> None:
    document = lives("report", "state:pending", "--json").json
    assert sum(one["created"] for one in document["volumes"]) == 1
    assert document["query"]
    assert "Only tickets that this query finds" in lives("report", "state:pending").out


def test_a_file_that_cannot_be_read_is_said_and_counts_nowhere(lives: FrontDoor) -> None:
    lives.put("INC0000001", b"no ticket\n")
    told = lives("report", "--json")
    assert "INC0000001" in told.err
    assert sum(one["created"] for one in told.json["volumes"]) == 6


def test_a_quarter_is_cut_into_weeks_and_everything_into_what_fits(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-04-10T10:00:00+02:00")
    lives("report", "--from", "2026-01-01", "--to", "2026-04-01", "--output", "quarter.zip")
    archive = zipfile.ZipFile(lives.root / "quarter.zip")
    weeks = list(csv.DictReader(io.StringIO(archive.read("volumes.csv").decode())))
    assert len(weeks) == 14 and weeks[1]["from"] == "2026-01-05T00:00:00+01:00"
    whole = json.loads(lives("report", "--all", "--json").out)
    assert whole["before"] is None and whole["volumes"][0]["from"] == "2026-01-12T00:00:00+01:00"
