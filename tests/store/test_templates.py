"""Templates: a desk's own before the shipped ones, defaults as they are written, a body that takes what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE
from tests.store.texts import texts
from tkt.store.templates import (
    UnknownTemplate,
    UnreadableTemplate,
    find_template,
    read_template,
    template_files,
    with_description,
)
from tkt.store.ticket_file import TicketFile, new_ticket_file


def drop_in(desk: Path, text: str, name: str = "maison.md", encoding: str = "utf-8") -> Path:
    folder = desk / "templates"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_desk_has_the_shipped_templates_in_its_language_and_its_own(tmp_path: Path) -> None:
    shipped = template_files(tmp_path, "fr")
    assert {"incident", "vpn-access"} <= shipped.keys()
    assert shipped["incident"].parent.name == "fr"
    own = drop_in(tmp_path, "---\ntype: request\n---\n## Description\n", "incident.md")
    files = template_files(tmp_path, "en")
    assert files["incident"] == own
    assert files["vpn-access"].parent.name == "en"


@pytest.mark.parametrize("name", ["maison", "Maison", "MAISON", "maison.md"])
def test_a_template_dropped_in_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    drop_in(tmp_path, "---\ntemplate: De la maison\ntype: request\ntags: [vip, 12]\n---\n\n## Description\n\n- Qui :\n")
    template = find_template(tmp_path, "fr", name)
    assert (template.name, template.about) == ("maison", "De la maison")
    assert template.fields == {"type": "request"}
    assert template.tags == ("vip", "12")
    assert template.body == "## Description\n\n- Qui :"


def test_the_nearest_name_is_offered_for_one_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(UnknownTemplate, match=r"“incidnt”.*Did you mean incident\?"):
        find_template(tmp_path, "fr", "incidnt")


def test_defaults_keep_the_text_that_stands_there(tmp_path: Path) -> None:
    values = {
        "asset": "0612345670",
        "category": "1:30",
        "title": "2026-01-15",
        "group": "yes",
        "code": "1e3",
        "cause": "~",
    }
    path = drop_in(tmp_path, "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n")
    assert read_template(path).fields == {key: value for key, value in values.items() if value != "~"}


def test_what_is_no_field_of_ours_is_no_default(tmp_path: Path) -> None:
    path = drop_in(
        tmp_path, "---\nid: INC0000001\nspent: 4h\ncouleur: rouge\nvia:\nasset: [a]\nx_a: b\ntags: vip\n---\n"
    )
    template = read_template(path)
    assert template.fields == {"x_a": "b"}
    assert template.tags == ()


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_template_is_read_whatever_its_line_ends_and_its_bom(tmp_path: Path, eol: str, bom: str) -> None:
    text = "---\ntype: problem\n---\n\n## Description\n\n- Symptôme :\n"
    template = read_template(drop_in(tmp_path, bom + text.replace("\n", eol)))
    assert template.fields == {"type": "problem"}
    assert template.body == "## Description\n\n- Symptôme :"


def test_a_template_without_a_front_matter_is_its_body_rules_included(tmp_path: Path) -> None:
    body = "## Description\n\nAvant\n\n---\n\ntype: request\n\n---\n\nAprès"
    template = read_template(drop_in(tmp_path, body + "\n"))
    assert (template.fields, template.body) == ({}, body)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("---\ntype: [\n---\n", "maison.md: cannot be read"),
        pytest.param("---\ntype: " + "[" * 1500 + "\n---\n", "maison.md: cannot be read", marks=pytest.mark.slow),
        ("---\nimpact: hgih\n---\n", "“hgih” is not a known impact.*Did you mean high?"),
    ],
)
def test_what_is_no_template_is_told_with_its_name(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UnreadableTemplate, match=says):
        read_template(drop_in(tmp_path, text))


def test_a_template_that_is_not_utf_8_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTemplate, match=r"templates/maison\.md"):
        read_template(drop_in(tmp_path, "---\ntitle: é\n---\n", encoding="latin-1"))


BODIES = [
    "",
    "## Description",
    "## Description\n\n- Qui :\n- Quoi :",
    "Avant\n\n## Description\n\n- Qui :\n\n## Actions\n\n- [ ] Rappeler",
    "## Actions\n\n- [ ] Rappeler",
    "## Description\n\n```\n# script\n```\n\n## Actions\n\n- [ ] Rappeler\n\n## Description\n\nune autre",
]


@pytest.mark.parametrize("body", BODIES)
@settings(max_examples=30)
@given(description=texts.filter(bool))
def test_what_is_typed_stands_as_the_description_and_the_rest_of_the_template_stays(
    body: str, description: str
) -> None:
    ticket = TicketFile.parse("", COURSE.encode()).ticket
    file = new_ticket_file("", ticket.fields, ticket, with_description(body, description))
    assert file.text.section("Description") == description
    assert file.text.section("Actions") == ("- [ ] Rappeler" if "Rappeler" in body else "")
    assert file.text.entries == ticket.entries


@given(st.sampled_from(BODIES), texts)
def test_a_description_typed_twice_stands_once(body: str, description: str) -> None:
    once = with_description(body, description)
    assert with_description(once, description) == once
