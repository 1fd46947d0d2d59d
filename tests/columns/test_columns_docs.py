"""docs/queues.md against the code: every column is there with its title, and what it says of lists holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.desk_settings import settings
from tkt.columns.catalogue import COLUMNS, DEFAULT_COLUMNS
from tkt.domain.queues import DEFAULT_QUEUES

PAGE = (Path(__file__).parents[2] / "docs" / "queues.md").read_text(encoding="utf-8")


def test_the_page_names_every_column_with_its_title_in_their_order() -> None:
    chapter = PAGE.partition("## Columns\n")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([a-z.]+)` \| ([^|]+) \| [^|]+ \|$", chapter, re.MULTILINE)
    assert named == [(name, column.title("en")) for name, column in COLUMNS.items()]


def test_the_page_says_which_columns_a_list_has_by_itself() -> None:
    said = PAGE.partition("Without `--columns` a list has ")[2].partition(", and is sorted by")[0]
    assert tuple(re.findall(r"`(\w+)`", said)) == DEFAULT_COLUMNS


@pytest.mark.parametrize("example", re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
def test_its_queues_read(tmp_path: Path, example: str) -> None:
    assert settings(tmp_path, example).queues


def test_it_names_the_queues_of_every_desk() -> None:
    said = PAGE.partition("Six are there unless")[2]
    assert [name for name in DEFAULT_QUEUES if f"`{name}`" not in said] == []
