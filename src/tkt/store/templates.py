"""Templates of tickets: a desk's own first, then those that tkt ships; front matter gives defaults, the body text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tkt.domain.keys import kind_of
from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing, Unreadable
from tkt.language import _
from tkt.store.free_text import open_block

SHIPPED = Path(__file__).parent.parent / "templates"
_DESCRIPTION = re.compile(r"^## Description[ \t]*\n.*?(?=^#{1,2} |\Z)", re.MULTILINE | re.DOTALL)


class UnknownTemplate(NoSuchThing):
    """No template of that name."""


class UnreadableTemplate(Unreadable):
    """A template that is no Markdown with YAML front matter."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `fields` are defaults by key, `tags` too; `body` is text as the ticket's file will hold it."""

    name: str
    about: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    body: str


def template_files(desk: Path, language: str) -> dict[str, Path]:
    """Every template by its name: the desk's own hide shipped ones of the same name."""
    shipped = {path.stem: path for path in sorted((SHIPPED / language).glob("*.md"))}
    own = {path.stem: path for path in sorted((desk / "templates").glob("*.md")) if path.is_file()}
    return shipped | own


def find_template(desk: Path, language: str, name: str) -> Template:
    """The template of that name; raises UnknownTemplate with the nearest, and UnreadableTemplate."""
    files = template_files(desk, language)
    wanted = next((known for known in files if fold(known) == fold(name.removesuffix(".md"))), None)
    if wanted is None:
        raise UnknownTemplate(_("There is no template “{name}”.").format(name=name) + did_you_mean(name, files))
    return read_template(files[wanted])


def read_template(path: Path) -> Template:
    """Read one template file."""
    import frontmatter  # type: ignore[import-untyped, unused-ignore]
    import yaml

    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8-sig"), handler=None)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = _("templates/{name}: cannot be read as a template: {why}")
        raise UnreadableTemplate(message.format(name=path.name, why=" ".join(str(error).split()))) from error
    fields: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for key, value in post.metadata.items():
        if key == "tags" and isinstance(value, list):
            tags = tuple(map(str, value))
        elif kind_of(key) == "field" and isinstance(value, str | int | float):
            fields[key] = str(value)
    return Template(path.stem, str(post.metadata.get("template", "")), fields, tags, post.content.strip("\n"))


def with_description(body: str, description: str) -> str:
    """A template's body in which what was typed stands as the description."""
    section = f"## Description\n{open_block(description)}"
    if _DESCRIPTION.search(body):
        return _DESCRIPTION.sub(lambda _found: section + "\n", body, count=1)
    return f"{section}\n{body}" if body else section
