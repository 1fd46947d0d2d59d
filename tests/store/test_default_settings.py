"""What `tkt init` writes says exactly the defaults, in both languages: the file and the code cannot drift apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.settings import Agent, Settings
from tkt.language import LANGUAGES
from tkt.store.settings.default_settings import default_settings_text
from tkt.store.settings.settings import KEYS, read_settings
from tkt.store.yaml_reader import read_tree
from tkt.store.yaml_tree import Table


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_written_settings_are_the_defaults(tmp_path: Path, language: str, zone: str) -> None:
    file = tmp_path / "tkt.yaml"
    file.write_text(default_settings_text(language, zone), encoding="utf-8")
    assert read_settings(file) == Settings(language=language, timezone=ZoneInfo(zone))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_written_out(language: str) -> None:
    tree = read_tree(default_settings_text(language, "Europe/Paris"), lambda *said: pytest.fail(str(said)))
    assert isinstance(tree, Table)
    assert {key.text for key, _value in tree.pairs} == set(KEYS)


def uncommented(text: str, key: str) -> str:
    """`key` with the examples that stand in a comment above its empty list."""
    found = re.search(rf"((?:#   - .*\n)+){key}: \[\]\n", text)
    assert found
    return f"{key}:\n" + found[1].replace("#", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commented_examples_read_too(tmp_path: Path, language: str) -> None:
    text = default_settings_text(language, "Europe/Paris")
    file = tmp_path / "tkt.yaml"
    shown = [uncommented(text, key) for key in ("agents", "categories", "escalation")]
    file.write_text("".join(shown), encoding="utf-8")
    read = read_settings(file)
    assert [agent.level for agent in read.agents] == ["N2"]
    assert len(read.categories) == 2
    assert [rule.do.level for rule in read.escalations] == ["N2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commented_calendar_and_the_policy_that_names_it_read_too(tmp_path: Path, language: str) -> None:
    text = default_settings_text(language, "Europe/Paris")
    example = r"((?:^#  .*\n)+)(calendars|sla):.*\n"
    text = re.sub(example, lambda said: f"{said[2]}:\n{said[1]}".replace("\n# ", "\n"), text, flags=re.MULTILINE)
    file = tmp_path / "tkt.yaml"
    file.write_text(text, encoding="utf-8")
    read = read_settings(file)
    assert [calendar.name for calendar in read.calendars] == ["office"]
    particular, standard = read.policies
    assert (particular.versions[0].calendar, particular.versions[0].targets["P1"].calendar) == ("office", "24x7")
    assert (list(particular.when), standard) == (["type", "requester.email"], Settings().policies[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_given_stands_in_the_place_of_its_default(tmp_path: Path, language: str) -> None:
    agents = (Agent("Jean DUPONT", level="N1"), Agent("O'Brien, Zoé", "zoe@example.org", "N2", "Messagerie: N2"))
    categories = ("Messagerie > Outlook", "- tiret", "Accès: droits #1", "true")
    file = tmp_path / "tkt.yaml"
    file.write_text(default_settings_text(language, "Europe/Paris", agents, categories, 12345), encoding="utf-8")
    read = read_settings(file)
    assert (read.agents, read.categories, read.first_number) == (agents, categories, 12345)
    assert replace(read, agents=(), categories=(), first_number=1) == Settings(language=language)
