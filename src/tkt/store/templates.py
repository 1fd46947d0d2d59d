"""Templates of tickets: a desk's own first, then those that tkt ships; front matter gives defaults, the body text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tkt.domain.keys import KEYS, kind_of
from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing, Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import require_inside
from tkt.store.free_text import open_block

SHIPPED = Path(__file__).parent.parent / "templates"
_DESCRIPTION = re.compile(r"^## Description[ \t]*(?:\n|\Z).*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# Its front matter is read slowly, by the library that other tools read ours with.
_LARGEST = 32 * 1024
_SHOWN = 400
_NOTHING = ("", "~", "null", "Null", "NULL")


class UnknownTemplate(NoSuchThing):
    """No template of that name."""


class UnreadableTemplate(Unreadable):
    """A template that is no Markdown with YAML front matter, or whose defaults are no words of ours."""


class BrokenTemplate(ValueError):
    """The front matter of a template is no YAML."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template: `fields` are defaults by key, `tags` too; `body` is text as the ticket's file will hold it."""

    name: str
    about: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    body: str


def template_files(desk: Path, language: str) -> dict[str, Path]:
    """Every template by its name: the desk's own hide shipped ones of the same name. Raises OutsideTheDesk."""
    require_inside(desk, desk / "templates")
    shipped = {path.stem: path for path in sorted((SHIPPED / language).glob("*.md"))}
    own = {path.stem: path for path in sorted((desk / "templates").glob("*.md")) if path.is_file()}
    return shipped | own


def find_template(desk: Path, language: str, name: str) -> Template:
    """The template of that name; raises UnknownTemplate with the nearest, UnreadableTemplate, and OutsideTheDesk.

    What a link would bring in from elsewhere (somebody's keys) would be pushed with the ticket.
    """
    files = template_files(desk, language)
    wanted = next((known for known in files if fold(known) == fold(name.removesuffix(".md"))), None)
    if wanted is None:
        raise UnknownTemplate(_("There is no template “{name}”.").format(name=name) + did_you_mean(name, files))
    if not files[wanted].is_relative_to(SHIPPED):
        require_inside(desk, files[wanted])
    return read_template(files[wanted])


def read_template(path: Path) -> Template:
    """Read one template file; raises UnreadableTemplate, also where a default is no known word."""
    try:
        metadata, body = _take_apart(path)
    except (OSError, UnicodeDecodeError, BrokenTemplate) as error:
        why = reason_of(error) if isinstance(error, OSError) else " ".join(str(error).split())[:_SHOWN]
        message = _("templates/{name}: cannot be read as a template: {why}")
        raise UnreadableTemplate(message.format(name=path.name, why=why)) from error
    texts = {key: value for key, value in metadata.items() if isinstance(value, str) and value not in _NOTHING}
    fields = {key: value for key, value in texts.items() if kind_of(key) == "field"}
    for key, value in fields.items():
        _require_known(path.name, key, value)
    tags = metadata.get("tags")
    words = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    return Template(path.stem, texts.get("template", ""), fields, words, body)


def _take_apart(path: Path) -> tuple[dict[str, object], str]:
    """A template's front matter and body; no YAML type is guessed, so that `1:30` and `no` stay what they are."""
    import frontmatter
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    class AsText(YAMLHandler):
        def load(self, fm: str, **_kwargs: object) -> Any:
            return yaml.load(fm, Loader=yaml.BaseLoader)

    handler, text = AsText(), _text(path).strip("\n")
    if not handler.detect(text):
        return {}, text
    try:
        post = frontmatter.loads(text, handler=handler)
    except (yaml.YAMLError, RecursionError) as error:
        raise BrokenTemplate(error) from error
    return post.metadata, post.content.strip("\n")


def _text(path: Path) -> str:
    return read_file(path, _LARGEST).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _require_known(name: str, key: str, value: str) -> None:
    known = KEYS[key].values if key in KEYS else None
    if known is not None and value and value not in known:
        message = _("templates/{name}: “{value}” is not a known {vocabulary}.").format(
            name=name, value=value, vocabulary=key
        )
        raise UnreadableTemplate(message + did_you_mean(value, known.codes))


def with_description(body: str, description: str) -> str:
    """A template's body in which what was typed stands as the description."""
    section = f"## Description\n{open_block(description)}"
    found = _DESCRIPTION.search(body)
    if found is None:
        return f"{section}\n{body}" if body else section
    rest = body[found.end() :]
    return f"{body[: found.start()]}{section}\n{rest}" if rest else f"{body[: found.start()]}{section}"
