"""The templates that come with tkt: readable by any front-matter tool, and the same desk in French and in English."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import frontmatter
import pytest

from tkt.domain.words import IMPACT, KIND, URGENCY

TEMPLATES = Path(str(files("tkt"))) / "templates"
LANGUAGES = ("fr", "en")
NAMES = {
    *("incident", "request", "problem", "change"),
    *("mail-cannot-be-sent", "application-crashes", "pc-does-not-start", "no-network"),
    *("vpn-access", "new-mouse"),
}
PARTS_OF_A_GOOD_DESCRIPTION = {
    "fr": ["Contexte :", "Symptôme :", "Message d'erreur :", "Depuis quand :", "Impact :"],
    "en": ["Context:", "Symptom:", "Error message:", "Since when:", "Impact:"],
}
ALL = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in sorted(TEMPLATES.glob("*/*.md"))]


def section(post: frontmatter.Post, heading: str) -> list[str]:
    """The list items under `## heading`, without their markers."""
    text = post.content.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_template_of_the_desk(language: str) -> None:
    assert {path.stem for path in (TEMPLATES / language).iterdir()} == NAMES


@pytest.mark.parametrize("path", ALL)
def test_a_template_says_what_it_is_for_and_gives_canonical_defaults(path: Path) -> None:
    defaults = frontmatter.load(str(path)).metadata
    assert defaults["template"]
    assert defaults["type"] in KIND
    assert defaults["impact"] in IMPACT
    assert defaults["urgency"] in URGENCY
    assert defaults.keys() <= {"template", "type", "title", "category", "impact", "urgency", "via", "tags"}


@pytest.mark.parametrize("path", ALL)
def test_a_template_has_a_description_to_fill_in_and_actions_to_tick(path: Path) -> None:
    post = frontmatter.load(str(path))
    headings = [line for line in post.content.splitlines() if line.startswith("#")]
    assert headings == ["## Description", "## Actions"]
    assert all(item.endswith(":") for item in section(post, "Description"))
    actions = section(post, "Actions")
    assert len(actions) >= 3
    assert all(action.startswith("[ ] ") for action in actions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_incident_asks_for_the_five_parts_of_a_good_description_in_order(language: str) -> None:
    posts = [frontmatter.load(str(path)) for path in (TEMPLATES / language).iterdir()]
    incidents = [post for post in posts if post["type"] == "incident"]
    parts = PARTS_OF_A_GOOD_DESCRIPTION[language]
    assert len(incidents) == 5
    for incident in incidents:
        assert [item for item in section(incident, "Description") if item in parts] == parts


@pytest.mark.parametrize("name", sorted(NAMES))
def test_both_languages_ask_the_same_things_with_the_same_defaults(name: str) -> None:
    french, english = (frontmatter.load(str(TEMPLATES / language / f"{name}.md")) for language in LANGUAGES)
    assert list(french.metadata) == list(english.metadata)
    assert [french[key] for key in ("type", "impact", "urgency")] == [
        english[key] for key in ("type", "impact", "urgency")
    ]
    for heading in ("Description", "Actions"):
        assert len(section(french, heading)) == len(section(english, heading))


@pytest.mark.parametrize("path", ALL)
def test_a_template_is_plain_utf_8_with_unix_line_ends(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert all(line == line.rstrip() for line in text.splitlines())
