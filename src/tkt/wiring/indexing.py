"""The index of a desk, and git's word on how the desk's files stand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tkt.git.place import work_tree_of
from tkt.git.standing import TicketStanding

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.desk.indexed import IndexedTickets


def standing_of(root: Path) -> TicketStanding | None:
    """What tells how the files of a desk's tickets stand; None where the desk is in no work tree."""
    found = work_tree_of(root)
    if found is None:
        return None
    folder = os.path.relpath(root, found[0])
    return TicketStanding(root, "" if folder == os.curdir else f"{folder}/")


def indexed(desk: Desk, standing: TicketStanding | None = None) -> Desk:
    """The desk with its tickets out of its index, where it can have one. `standing` is what was asked of git before."""
    if desk.source is not None or desk.cache is None:
        return desk
    standing = standing or standing_of(desk.root)
    if standing is None:
        return desk
    from dataclasses import replace

    from tkt.desk.indexed import IndexedTickets
    from tkt.store.index.folder import IndexFolder

    source: IndexedTickets = IndexedTickets(IndexFolder(desk.cache / "index"), standing)
    return replace(desk, source=source)
