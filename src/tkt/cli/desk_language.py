"""The language in which a command speaks that nobody told one: TKT_LANG, the desk's own, the locale."""

from __future__ import annotations

import os
from pathlib import Path

from tkt import language
from tkt.errors import TktError
from tkt.store.desk_folder import find_desk, peek_language


def language_at(folder: Path) -> str:
    """The language of whoever works in `folder`; the settings of the desk there are looked at, not read."""
    named = os.environ.get("TKT_LANG", "")
    if named in language.LANGUAGES:
        return named
    try:
        desks = peek_language(find_desk(folder))
    except (TktError, OSError):
        desks = None
    return desks or language.from_locale()
