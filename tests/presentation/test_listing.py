"""The list: the columns asked for, one line a ticket, in sections where it is grouped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.columns.rows import NOON, row
from tests.presentation.course import at, course_entries, make_ticket, opening
from tkt.columns.catalogue import COLUMNS
from tkt.columns.layout import DEFAULT_TABLE, Layout, cut
from tkt.columns.naming import read_columns, read_grouping
from tkt.presentation.listing import listing, ticket_table
from tkt.presentation.table import width_of
from tkt.presentation.tables import FORMATS, render
from tkt.query.candidate import Candidate
from tkt.service_level.reading import UNTOLD
from tkt.service_level.stopwatch import read_timeline


def grouped(by: str, columns: str = "id,title") -> Layout:
    return Layout(read_columns([columns]), by=read_grouping(by))


def shown(layout: Layout, rows: list[Candidate], format: str = "plain", most: int | None = None, **how: object) -> str:
    return listing(layout, cut(layout.sections(layout.arranged(rows)), most), format, **how)  # type: ignore[arg-type]


def test_a_line_says_who_asked_who_holds_it_and_when_it_is_due(french: None) -> None:
    held = row(opening(), state="in_progress", assignee="Pierre MARTIN", group="Messagerie", title="Envoi impossible")
    of_a_group = row(opening(), id="INC0012346", group="Messagerie", title="Word se ferme")
    assert shown(Layout(), [held, of_a_group], "tsv").splitlines() == [
        "Ticket\tPriorité\tÉtat\tTitre\tDemandeur\tAssigné à\tÉchéance\tSLA",
        "INC0012345\tP3\tEn cours\tEnvoi impossible\tMarie MARTIN\tPierre MARTIN\t15/01/2026 11:15\tdépassé",
        "INC0012346\tP3\tNouveau\tWord se ferme\tMarie MARTIN\tMessagerie\t15/01/2026 11:15\tdépassé",
    ]


def test_a_ticket_that_is_done_is_due_no_more() -> None:
    evening = replace(NOON, now=at("18:00"))
    done = row(*course_entries(), context=evening, state="closed", assignee="Pierre MARTIN")
    assert shown(Layout(), [done], "csv").splitlines()[1].endswith(",Marie MARTIN,Pierre MARTIN,,met")


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_list_is_a_table_without_lines_or_sections(format: str) -> None:
    assert shown(Layout(), [], format) == render(ticket_table(DEFAULT_TABLE, []), format)
    assert "None" not in shown(grouped("state"), [], format)


def test_what_cannot_be_told_of_the_clocks_is_a_question_mark() -> None:
    ticket = make_ticket(opening())
    seen = Candidate(ticket, NOON, (read_timeline(ticket, NOON.now), UNTOLD))
    layout = Layout(read_columns(["sla,response,due,remaining,resolution.elapsed"]))
    assert shown(layout, [seen], "tsv").splitlines()[1] == "?\t?\t\t\t"


def test_lengths_of_clock_time_are_in_hours_and_of_real_time_in_days() -> None:
    seen = row(opening(), context=replace(NOON, now=at("30T12:00")))
    layout = Layout(read_columns(["age,idle,resolution.elapsed,resolution.remaining"]))
    assert shown(layout, [seen], "csv").splitlines()[1] == "15 days,15 days,362h45,'-338h45"


def test_links_are_read_as_people_say_them_and_code_words_by_their_labels() -> None:
    seen = row(links=("caused-by:PRB0000002", "child-of:INC0000001"), tags=("a", "b"), via="walk_in", cause="unknown")
    layout = Layout(read_columns(["links,tags,via,cause,priority,type"]))
    assert shown(layout, [seen], "tsv").splitlines()[1] == (
        "caused by PRB0000002, child of INC0000001\ta, b\twalk-in\tunknown\tP3\tincident"
    )


def test_sections_stand_above_their_tickets_and_their_columns_keep_one_width() -> None:
    rows = [row(id="INC0000001", title="Un titre assez long"), row(id="INC0000002", title="Court", state="pending")]
    assert shown(grouped("state", "title,id"), rows) == (
        "Title                Ticket\n"
        "\nNew (1)\nUn titre assez long  INC0000001\n"
        "\nPending (1)\nCourt                INC0000002\n"
    )


def test_the_column_that_is_grouped_by_is_said_once() -> None:
    out = shown(grouped("state", "state,id"), [row()])
    assert out == "Ticket\n\nNew (1)\nINC0012345\n"
    assert shown(grouped("state", "state"), [row()]) == "State\n\nNew (1)\nNew\n"


def test_a_section_is_named_in_words(french: None) -> None:
    def title(by: str, **fields: object) -> str:
        return shown(grouped(by, "id"), [row(opening(), **fields)]).splitlines()[2]

    assert title("priority", priority="P1") == "P1 - Critique (1)"
    assert title("assignee") == "personne (1)"
    assert title("category", category="") == "aucun (1)"
    assert title("opened") == "15/01/2026 (1)"
    assert title("sla") == "dépassé (1)"
    assert title("reopened") == "0 (1)"
    assert title("tags", tags=("vip", "vente")) == "vip, vente (1)"


@pytest.mark.parametrize("color", [False, True])
def test_a_drawn_list_fits_the_width_and_its_sections_are_bold_in_colour_alone(color: bool) -> None:
    rows = [row(id=f"INC{n:07d}", title="Un titre " * 20, state=state) for n, state in enumerate(["new", "pending"])]
    out = shown(grouped("state", "id,title,holder,due"), rows, "table", width=70, color=color)
    assert max(width_of(line) for line in out.splitlines() if "\x1b" not in line) <= 70
    assert ("\x1b[1mPending (1)\x1b[0m" in out) is color
    assert out.count("INC") == 2


@pytest.mark.parametrize(
    ("width", "missing"),
    [(200, []), (80, ["Requester"]), (66, ["Requester", "State"]), (60, ["Requester", "State", "Assigned to"])],
)
def test_on_a_narrow_terminal_a_list_does_without_what_is_missed_least(width: int, missing: list[str]) -> None:
    out = shown(Layout(), [row(title="Un titre " * 20, assignee="Jean DUPONT")], "table", width=width)
    assert max(map(width_of, out.splitlines())) <= width
    titles = ["Requester", "State", "Assigned to", "Title", "Due", "SLA"]
    heads = out.splitlines()[0].replace("Assigne…", "Assigned to").replace("Request…", "Requester")
    assert [one for one in titles if one not in heads] == missing
    in_sections = Layout(by=grouped("state").by)
    assert max(map(width_of, shown(in_sections, [row()], "table", width=60).splitlines())) <= 60


@pytest.mark.parametrize("format", ["plain", "table", "markdown", "html"])
def test_what_a_ticket_holds_moves_no_section(format: str) -> None:
    rows = [row(group="a\nb\x1b[2J\u202e|<i>", title="x\ny\u2028z")]
    out = (
        shown(grouped("group"), rows, format, width=80) if format == "table" else shown(grouped("group"), rows, format)
    )
    assert not {"\x1b", "\u202e"} & set(out)
    assert "<i>" not in out or format in ("plain", "table")
    assert shown(grouped("group"), rows).count("\n") == 4


def test_only_the_requester_of_a_list_that_nobody_laid_out_is_spared() -> None:
    assert [c.title for c in ticket_table(DEFAULT_TABLE, [], spare=True).columns if c.spare] == [
        "State",
        "Requester",
        "Assigned to",
    ]
    chosen = Layout((COLUMNS["requester"], COLUMNS["id"]))
    assert shown(chosen, [row()], "table", width=12).startswith("Request…  Ticket")
