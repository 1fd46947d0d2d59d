"""Columns are named by what they are called in code, in files, and in either language."""

from __future__ import annotations

import pytest

from tkt.columns.catalogue import COLUMNS
from tkt.columns.layout import Order
from tkt.columns.naming import (
    NoColumns,
    NothingToGroupBy,
    UnknownColumn,
    read_code,
    read_column,
    read_columns,
    read_grouping,
    read_orders,
)
from tkt.domain.keys import FRONT_MATTER
from tkt.language import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_the_title_of_a_column_names_it_in_either_language(column: object, language: str) -> None:
    assert read_column(column.title(language).upper()) is column  # type: ignore[attr-defined]


def test_no_two_columns_have_one_title() -> None:
    for language in LANGUAGES:
        titles = [column.title(language).casefold() for column in COLUMNS.values()]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("key", FRONT_MATTER)
def test_every_field_of_a_ticket_has_its_column(key: str) -> None:
    assert read_column(key).key == key


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["id,title"], ["id", "title"]),
        (["id, title", "due"], ["id", "title", "due"]),
        (["Demandeur,requester,REQUESTER.NAME"], ["requester"]),
        (["x_site,sla"], ["x_site", "sla"]),
        (["Response_Due,resolution.remaining"], ["response.due", "resolution.remaining"]),
        (["x_site,RESPONSE DUE,x_site"], ["x_site", "response.due"]),
    ],
)
def test_several_columns_are_named_at_once_each_shown_once(said: list[str], names: list[str]) -> None:
    assert [column.name for column in read_columns(said)] == names


@pytest.mark.parametrize(
    ("said", "offered"), [("tittle", "title"), ("prioritty", "priority"), ("demandeurs", "requester"), ("ages", "age")]
)
def test_the_nearest_column_is_offered_for_a_slip(said: str, offered: str) -> None:
    with pytest.raises(UnknownColumn, match=rf"“{said}” is no column of a list\."):
        read_column(said)


def test_where_none_is_near_all_are_named() -> None:
    with pytest.raises(UnknownColumn, match="Known: id, uid, type, title, "):
        read_column("§§§")


@pytest.mark.parametrize("said", ["x_A b", "x_a\x1b", "x_é"])
def test_a_key_of_ones_own_is_shaped_like_one(said: str) -> None:
    with pytest.raises(UnknownColumn):
        read_column(said)


def test_a_list_of_no_columns_is_refused() -> None:
    with pytest.raises(NoColumns):
        read_columns([" , "])


def test_an_order_may_go_backwards() -> None:
    assert read_orders(["priority,-opened", "x_site"]) == (
        Order(COLUMNS["priority"]),
        Order(COLUMNS["opened"], backwards=True),
        Order(read_column("x_site")),
    )


def test_files_hold_the_names_alone_and_the_name_is_offered_for_a_persons_word() -> None:
    assert read_code("requester") is COLUMNS["requester"]
    with pytest.raises(UnknownColumn, match=r"Did you mean requester\?"):
        read_code("Demandeur")


@pytest.mark.parametrize("said", ["age", "idle", "remaining", "resolution.elapsed"])
def test_nothing_is_grouped_by_a_length_of_time(said: str) -> None:
    with pytest.raises(NothingToGroupBy, match=f"Nothing can be grouped by “{said}”"):
        read_grouping(said)
