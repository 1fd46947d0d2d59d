"""Up to where history was proven, kept inside the git directory so that the next audit does only the rest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tkt.errors import TktError
from tkt.git.audit.audit import Audited, Progress, audit
from tkt.git.audit.past import Past
from tkt.store.desk_folder import replace_file

_NAME = "tkt-proven.json"
# Raised when a rule is added or becomes stricter: what an older tkt proved is then looked at again.
_RULES = 1


def audit_since_last(
    past: Past, behind: Sequence[str] = (), *, require_signed: bool = False, progress: Progress | None = None
) -> Audited:
    """Look at what HEAD's branch gained since it was last proven whole, all of its past where it never was.

    `behind` are commits (`^COMMIT`) whose past is taken as it is.

    A run that proves the rest is kept; one that finds an error, or something that cannot be proven, is not. Raises
    UnknownRange.
    """
    branch, tip = past.head()
    if not tip:
        return Audited((), 0)
    memory = _Memory(past, json.dumps([_RULES, branch, past.folder, require_signed, *behind]))
    last = memory.recall()
    known = ["--not", last] if last and past.is_ancestor(last, tip) else []
    audited = audit(past, [tip, *behind, *known], require_signed=require_signed, progress=progress)
    if audited.is_proven:
        memory.keep(tip)
    return audited


@dataclass(frozen=True, slots=True)
class _Memory:
    """What was proven, by branch, desk and how strictly; a file that cannot be read or written forgets, to no harm."""

    past: Past
    key: str

    def recall(self) -> str | None:
        return self._read().get(self.key)

    def keep(self, commit: str) -> None:
        proven = json.dumps({**self._read(), self.key: commit}, indent=1)
        with suppress(TktError, OSError):
            replace_file(self.past.common_dir / _NAME, proven.encode())

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads((self.past.common_dir / _NAME).read_bytes())
        except (OSError, ValueError):
            return {}
        commits = read.items() if isinstance(read, dict) else ()
        return {key: one for key, one in commits if isinstance(one, str) and one.isalnum()}
