"""docs/settings.md against the code: every key is there, every example reads, every default is the default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.store.desk_settings import settings
from tkt.domain.policies import MATCHED
from tkt.domain.settings import Settings
from tkt.store.settings.calendars import CALENDAR_KEYS
from tkt.store.settings.escalation import ESCALATION_KEYS, MEASURE_KEYS
from tkt.store.settings.kpi import KPI_FIGURES, KPI_KEYS
from tkt.store.settings.policies import POLICY_KEYS, TARGET_KEYS, VERSION_KEYS
from tkt.store.settings.queues import QUEUE_KEYS
from tkt.store.settings.settings import AGENT_KEYS, KEYS, BadSettings

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
# What comes under each `## key` heading.
CHAPTERS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def examples_of(key: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", CHAPTERS[key], re.MULTILINE | re.DOTALL)


def test_every_setting_has_its_chapter() -> None:
    assert sorted(CHAPTERS) == sorted(KEYS)


@pytest.mark.parametrize(
    ("chapter", "keys"),
    [
        ("agents", AGENT_KEYS),
        ("calendars", CALENDAR_KEYS),
        ("sla", (*POLICY_KEYS, *VERSION_KEYS, *TARGET_KEYS, *MATCHED)),
        ("escalation", (*ESCALATION_KEYS, *MEASURE_KEYS)),
        ("queues", QUEUE_KEYS),
        ("kpi", (*KPI_KEYS, *KPI_FIGURES)),
    ],
)
def test_every_key_within_a_setting_is_explained(chapter: str, keys: tuple[str, ...]) -> None:
    assert [key for key in keys if not re.search(rf"`{key}`", CHAPTERS[chapter])] == []


@pytest.mark.parametrize("example", [pytest.param(text, id=text.split("\n")[0]) for text in EXAMPLES])
def test_every_example_reads(tmp_path: Path, example: str) -> None:
    assert settings(tmp_path, example)


def test_the_first_example_of_each_chapter_is_the_default(tmp_path: Path) -> None:
    assert settings(tmp_path, "".join(examples_of(key)[0] for key in CHAPTERS)) == Settings()


@pytest.mark.parametrize("figure", KPI_FIGURES)
def test_every_figure_has_an_example_that_reads(tmp_path: Path, figure: str) -> None:
    found = re.search(rf"^\| `{figure}`.*\| `(\".*\")` \|$", CHAPTERS["kpi"], re.MULTILINE)
    assert found
    assert list(settings(tmp_path, f"kpi: {{targets: {{{figure}: {found[1]}}}}}").kpi_targets.overall) == [
        KPI_FIGURES[figure][0]
    ]


def test_the_problems_on_the_page_are_those_that_are_said(tmp_path: Path) -> None:
    text = "format: 1\nlanguage: fr\ntimezone: Europe/Pari\nagents:\n  - {name: A, level: N4}\n  - {level: N1}\n"
    with pytest.raises(BadSettings) as caught:
        settings(tmp_path, text)
    assert f"```text\n{caught.value}\n```" in PAGE
