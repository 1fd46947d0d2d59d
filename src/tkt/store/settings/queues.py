"""The setting `queues`: named queries, each with its columns, its order and its groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tkt.domain.queues import DEFAULT_QUEUES, Queue
from tkt.domain.words import fold
from tkt.language import _
from tkt.store.settings.text import Unfit
from tkt.store.settings.value import Problems, TooManyProblems, Value

QUEUE_KEYS = ("title", "query", "columns", "sort", "by")
_TEXTS, _LISTS = ("title", "query", "by"), ("columns", "sort")
# One word: it stands on a command line, where the shell completes it.
_NAME = re.compile(r"\w[\w.-]{0,39}")
_LONGEST_TITLE = 80


def queues(value: Value, zone: ZoneInfo) -> dict[str, Any]:
    """`queues`, by their names, in their order; `zone` is the desk's."""
    found: dict[str, Queue] = {}
    names: dict[str, str] = {}
    for name, item in value.named("mine: {query: assignee:me}").items():
        item.fit(name, _name)
        if fold(name) in names:
            item.refuse(_("another queue is named “{name}” already.").format(name=names[fold(name)]))
        names.setdefault(fold(name), name)
        found[name] = _queue(name, item, zone)
    return {"queues": found}


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        message = _("“{name}” cannot be a queue's name.").format(name=text)
        raise Unfit(message, _("Write a word of letters, digits and hyphens, such as at-risk."))
    return text


def _queue(name: str, value: Value, zone: ZoneInfo) -> Queue:
    """The queue; one that nearly every desk has as it is need not be understood anew by every command."""
    known = DEFAULT_QUEUES.get(name)
    if known is not None:
        aside = Problems(value.problems.file)
        with suppress(TooManyProblems):
            if _read(name, replace(value, problems=aside), dict.fromkeys(QUEUE_KEYS, str)) == known and not aside.found:
                return known
    return _read(name, value, _readers(zone))


def _read(name: str, value: Value, readers: Mapping[str, Callable[[str], str]]) -> Queue:
    parts = value.parts(QUEUE_KEYS, required=("query",))
    said: dict[str, Any] = {key: parts[key].read(readers[key]) or "" for key in _TEXTS if key in parts}
    said |= {key: tuple(parts[key].read_each(readers[key])) for key in _LISTS if key in parts}
    return Queue(name, **{"query": "", **said})


def _readers(zone: ZoneInfo) -> dict[str, Callable[[str], str]]:
    """Readers that complain of what no list could be made of: a word of the query, a column."""
    from tkt.columns.naming import groupable, read_code
    from tkt.query.query import Context, read_query

    # Which moment it is, and who asks, makes no query readable or not.
    context = Context(datetime(2026, 1, 1, tzinfo=zone), zone)

    def query(text: str) -> str:
        read_query(text, context)
        return text

    def order(text: str) -> str:
        return "-" * text.startswith("-") + read_code(text.removeprefix("-")).name

    return {
        "title": _title,
        "query": query,
        "columns": lambda text: read_code(text).name,
        "sort": order,
        "by": lambda text: groupable(read_code(text)).name,
    }


def _title(text: str) -> str:
    if len(text) > _LONGEST_TITLE:
        raise Unfit(_("a title is at most {limit} characters long.").format(limit=_LONGEST_TITLE))
    return text
