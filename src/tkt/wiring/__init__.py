"""The one place that knows every adapter; each family of them has a room, opened when something of it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # one list a room, which isort would cut into one import a name
    # isort: off
    from tkt.wiring.clones import (
        ensure_repository as ensure_repository,
        hooks_of as hooks_of,
        merges_without_tkt as merges_without_tkt,
        require_identity as require_identity,
        set_up_clone as set_up_clone,
        set_up_git as set_up_git,
    )
    from tkt.wiring.desks import (
        AtWork as AtWork,
        Moment as Moment,
        cache_of as cache_of,
        folder_in_repository as folder_in_repository,
        open_desk as open_desk,
        place_in_repository as place_in_repository,
        recorder_of as recorder_of,
    )
    from tkt.wiring.exchanging import sync_desk as sync_desk
    from tkt.wiring.indexing import indexed as indexed, standing_of as standing_of
    from tkt.wiring.paging import pager_of as pager_of
    from tkt.wiring.past import (
        commits_by as commits_by,
        desk_at as desk_at,
        history_of as history_of,
        repair_tickets as repair_tickets,
        review_of as review_of,
        settings_past as settings_past,
        undo_on as undo_on,
    )
    from tkt.wiring.proving import audit_history as audit_history, audit_push as audit_push, check_index as check_index
    from tkt.wiring.sealing import (
        AlreadySealed as AlreadySealed,
        NotSealed as NotSealed,
        seal_month as seal_month,
        seals_of as seals_of,
        verify_seal as verify_seal,
    )
    # isort: on

_ROOMS = {
    "clones": ("ensure_repository", "hooks_of", "merges_without_tkt", "require_identity", "set_up_clone", "set_up_git"),
    "desks": (
        "AtWork",
        "Moment",
        "cache_of",
        "folder_in_repository",
        "open_desk",
        "place_in_repository",
        "recorder_of",
    ),
    "exchanging": ("sync_desk",),
    "indexing": ("indexed", "standing_of"),
    "paging": ("pager_of",),
    "past": ("commits_by", "desk_at", "history_of", "repair_tickets", "review_of", "settings_past", "undo_on"),
    "proving": ("audit_history", "audit_push", "check_index"),
    "sealing": ("AlreadySealed", "NotSealed", "seal_month", "seals_of", "verify_seal"),
}


def __getattr__(name: str) -> object:
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
