"""French and English: the catalogues, and the one language in which this process speaks."""

from __future__ import annotations

import errno
import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "fr")
CATALOGUES = os.path.join(os.path.dirname(__file__), "locale")
_DOMAIN = "tkt"
_current = "en"


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of `language`; English is the language of the source and needs no file."""
    import gettext

    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, CATALOGUES, languages=[language], fallback=True)


def speak(language: str) -> None:
    """Make `language` ("en" or "fr") the language of every message from here on.

    Click reads its own words from the process-wide gettext domain, so that one is pointed at our
    catalogue too.
    """
    import gettext

    global _current
    _current = language if language in LANGUAGES else "en"
    os.environ["LANGUAGE"] = _current
    gettext.bindtextdomain(_DOMAIN, CATALOGUES)
    gettext.textdomain(_DOMAIN)


def spoken() -> str:
    """The language now spoken: "en" or "fr"."""
    return _current


def from_locale(environment: dict[str, str] | os._Environ[str] = os.environ) -> str:
    """The language of the person's locale (POSIX order), English when it is neither of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"


def _(message: str) -> str:
    """`message` in the spoken language."""
    return catalogue(_current).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the spoken language, as `count` asks for."""
    return catalogue(_current).ngettext(one, many, count)


def pgettext(context: str, message: str, language: str | None = None) -> str:
    """`message` as meant in `context` ("priority", "High"), in the spoken or the given language."""
    return catalogue(language or _current).pgettext(context, message)


def NP_(context: str, message: str) -> tuple[str, str]:
    """Mark a message with its context for the catalogues; it is translated when it is shown."""
    return context, message


# What goes wrong with files, in the system's own English words; the system's French is not on every machine.
_OF_THE_SYSTEM = {
    errno.EACCES: NP_("system", "Permission denied"),
    errno.EDQUOT: NP_("system", "Disk quota exceeded"),
    errno.EEXIST: NP_("system", "File exists"),
    errno.EIO: NP_("system", "Input/output error"),
    errno.EISDIR: NP_("system", "Is a directory"),
    errno.ELOOP: NP_("system", "Too many levels of symbolic links"),
    errno.EMFILE: NP_("system", "Too many open files"),
    errno.ENAMETOOLONG: NP_("system", "File name too long"),
    errno.ENOENT: NP_("system", "No such file or directory"),
    errno.ENOSPC: NP_("system", "No space left on device"),
    errno.ENOTDIR: NP_("system", "Not a directory"),
    errno.EPERM: NP_("system", "Operation not permitted"),
    errno.EROFS: NP_("system", "Read-only file system"),
}


def reason_of(error: OSError) -> str:
    """What the system says is wrong, in the spoken language where these are words we know."""
    known = _OF_THE_SYSTEM.get(error.errno or 0)
    return pgettext(*known) if known else error.strerror or str(error)
