"""Completion of ticket ids and of the desk's words in the shell: it must never fail, nor take long."""

from __future__ import annotations

from pathlib import Path

import click

from tkt.cli.options import kept
from tkt.errors import TktError


def ticket_ids(ctx: click.Context, incomplete: str) -> list[str]:
    """The ids that begin as typed; a bare number completes under every prefix."""
    from tkt.store.desk_folder import find_desk, ids_with_prefix

    try:
        root = find_desk(Path(kept(ctx).get("directory") or ".").absolute())
        return sorted(ids_with_prefix(root, incomplete.upper()))[:200]
    except (TktError, OSError):
        return []


def template_names(ctx: click.Context, incomplete: str) -> list[str]:
    """The templates of the desk that begin as typed."""
    from tkt.language import spoken
    from tkt.store.desk_folder import find_desk
    from tkt.store.templates import template_files

    try:
        root = find_desk(Path(kept(ctx).get("directory") or ".").absolute())
        return [name for name in template_files(root, spoken()) if name.startswith(incomplete)]
    except (TktError, OSError):
        return []
