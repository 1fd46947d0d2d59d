"""What `tkt init` writes says exactly the defaults, in both languages: the file and the code cannot drift apart."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.settings import Settings
from tkt.language import LANGUAGES
from tkt.store.default_settings import default_settings_text
from tkt.store.settings import SECTIONS, read_settings
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
    assert {key.text for key, _value in tree.pairs} == set(SECTIONS) - {"calendars"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commented_examples_read_too(tmp_path: Path, language: str) -> None:
    text = default_settings_text(language, "Europe/Paris")
    for key in ("agents", "categories"):
        text = text.replace(f"{key}: []", f"{key}:")
    file = tmp_path / "tkt.yaml"
    file.write_text(text.replace("\n#   - ", "\n  - "), encoding="utf-8")
    # The examples stand above their key, so that they come to belong to the key before it unless they are moved.
    lines = file.read_text(encoding="utf-8").splitlines()
    examples = [line for line in lines if line.startswith("  - {name:") or (line.startswith("  - ") and " > " in line)]
    agents = [line for line in examples if "{name:" in line]
    categories = [line for line in examples if " > " in line]
    file.write_text("\n".join(["agents:", *agents, "categories:", *categories]), encoding="utf-8")
    read = read_settings(file)
    assert [agent.level for agent in read.agents] == ["N2"]
    assert len(read.categories) == 2
