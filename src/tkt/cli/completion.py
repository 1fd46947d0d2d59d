"""Completion of ticket ids and of the desk's words in the shell: it must never fail, nor take long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tkt.cli.options import kept
from tkt.domain.identifier import make_id, number_of, read_number
from tkt.domain.words import PREFIX
from tkt.errors import TktError
from tkt.language import _

if TYPE_CHECKING:
    from tkt.domain.settings import Settings

_MOST = 200
_PLAIN = re.compile(r"\w[\w.-]*")


def ticket_ids(ctx: click.Context, incomplete: str) -> list[str]:
    """The tickets that begin as typed: ids, in small letters too, or bare numbers of any prefix."""
    from tkt.store.desk_folder import ids_with_prefix

    if read_number(incomplete) is not None:
        return _of_desk(ctx, lambda root: _numbers(root, incomplete))
    found = _of_desk(ctx, lambda root: ids_with_prefix(root, incomplete))
    # A shell takes only what begins with the very letters that were typed.
    return [incomplete + one[len(incomplete) :] for one in found]


def _numbers(root: Path, incomplete: str) -> Iterator[str]:
    """The numbers in use that begin as typed, as they are typed: without the zeros that pad an id."""
    from tkt.store.desk_folder import ids_with_prefix

    digits = incomplete.removeprefix("#")
    for prefix, zeros in product(PREFIX.values(), range(max(len(make_id("", 0)) - len(digits), 0) + 1)):
        for found in ids_with_prefix(root, prefix + "0" * zeros + digits):
            yield incomplete.removesuffix(digits) + str(number_of(found))


def template_names(ctx: click.Context, incomplete: str) -> list[str]:
    """The templates of the desk that begin as typed."""
    from tkt.language import spoken
    from tkt.store.templates import template_files

    return _of_desk(ctx, lambda root: _plain(template_files(root, spoken()), incomplete))


def calendar_names(ctx: click.Context, incomplete: str) -> list[str]:
    """The calendars that begin as typed: those of the desk, and round the clock."""
    from tkt.domain.policies import ROUND_THE_CLOCK

    calendars = _of_settings(ctx, lambda settings: [one.name for one in settings.calendars], incomplete)
    return [*calendars, *_plain([ROUND_THE_CLOCK], incomplete)]


def group_names(ctx: click.Context, incomplete: str) -> list[str]:
    """The groups of the desk's agents that begin as typed."""
    return _of_settings(ctx, lambda settings: {one.group for one in settings.agents}, incomplete)


def query_terms(ctx: click.Context, incomplete: str) -> list[str]:
    """How a query may go on: its keys, and behind a key's colon the words or names that it takes."""
    from tkt.query.vocabulary import KEY

    minus = "-" * incomplete.startswith("-")
    key, colon, value = _term_before(ctx, incomplete.removeprefix("-"))
    if not colon:
        return [f"{minus}{code}:" for code in KEY.codes if code.startswith(key)]
    *before, last = value.split(",")
    begun = "".join(f"{one}," for one in before)
    offered = _plain(sorted(_query_values(ctx, key, last)), last)
    # Some shells part words at a colon: then only what stands behind it is asked for.
    parted = not incomplete.removeprefix("-").startswith(f"{key}:")
    return [f"{begun}{one}" if parted else f"{minus}{key}:{begun}{one}" for one in offered]


def tickets_or_terms(ctx: click.Context, incomplete: str) -> list[str]:
    """The tickets that begin as typed, and how a query may go on."""
    found = ticket_ids(ctx, incomplete) if incomplete else []
    return [*found, *query_terms(ctx, incomplete)]


def _term_before(ctx: click.Context, incomplete: str) -> tuple[str, str, str]:
    """The key, the colon and the value of the term that is being typed, also where a shell parts them into words."""
    words = [word for words in ctx.params.values() if isinstance(words, list | tuple) for word in words]
    if incomplete == ":" and words:
        return words[-1].removeprefix("-"), ":", ""
    if words[-1:] == [":"] and len(words) > 1:
        return words[-2].removeprefix("-"), ":", incomplete
    if words and words[-1].endswith(":"):
        return words[-1][:-1].removeprefix("-"), ":", incomplete
    return incomplete.partition(":")


def _query_values(ctx: click.Context, key: str, last: str) -> list[str]:
    from tkt.query.meaning import key_of, words_of

    try:
        code = key_of(key)
    except TktError:
        return []
    return [*words_of(code), *(group_names(ctx, last) if code == "group" else ())]


def queue_names(ctx: click.Context, incomplete: str) -> list[str]:
    """The desk's queues that begin as typed."""
    return _of_settings(ctx, lambda settings: settings.queues, incomplete)


def column_names(incomplete: str) -> list[str]:
    """The columns of lists that begin as typed, behind those that are typed already."""
    from tkt.columns.catalogue import COLUMNS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in COLUMNS if name.startswith(last)]


def order_names(incomplete: str) -> list[str]:
    """The same where a column may have a minus before it, to be sorted by backwards."""
    before, comma, last = incomplete.rpartition(",")
    minus = "-" * last.startswith("-")
    return [f"{before}{comma}{minus}{name}" for name in column_names(last.removeprefix("-"))]


def _of_settings(ctx: click.Context, find: Callable[[Settings], Iterable[str]], incomplete: str) -> list[str]:
    from tkt.store.desk_folder import SETTINGS
    from tkt.store.settings.settings import read_settings

    return _of_desk(ctx, lambda root: _plain(find(read_settings(root / SETTINGS)), incomplete))


def _plain(names: Iterable[str], incomplete: str) -> Iterator[str]:
    """Those that begin as typed. A name is put on the command line as it is: a desk of somebody else's must not write
    commands there."""
    return (one for one in names if one.startswith(incomplete) and _PLAIN.fullmatch(one))


def _of_desk(ctx: click.Context, find: Callable[[Path], Iterable[str]]) -> list[str]:
    """What `find` finds on the desk that the command line means; nothing where there is none."""
    from tkt.store.desk_folder import find_desk

    try:
        # No more is looked for than is offered: a desk may have a million tickets.
        return sorted(islice(find(find_desk(Path(kept(ctx).get("directory") or ".").absolute())), _MOST))
    except (TktError, OSError):
        return []


def say_in_our_words(options: Iterable[click.Parameter]) -> None:
    """Typer's own options for completion, and what it says after an install: it knows them in English only."""
    for option in options:
        if isinstance(option, click.Option) and option.name == "install_completion":
            option.help = _("Install completion for the shell that you are in.")
            option.callback = _install
        elif isinstance(option, click.Option) and option.name == "show_completion":
            option.help = _("Show the completion of this shell, to copy it or to install it in a way of your own.")


def _install(ctx: click.Context, option: click.Parameter, wanted: bool | str | None) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from typer._completion_shared import install

    shell, path = install(wanted if isinstance(wanted, str) else None)
    message = _("{shell} completion is installed in {path}: it works in the next terminal that you open.")
    click.echo(message.format(shell=shell, path=path))
    raise click.exceptions.Exit
