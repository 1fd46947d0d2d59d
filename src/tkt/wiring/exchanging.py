"""The exchange of a desk with its remote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tkt.wiring.desks import recorder_of

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.domain.exchange import Exchange
    from tkt.wiring.desks import AtWork


def sync_desk(
    desk: Desk, at_work: AtWork, step: Callable[[str], object] | None = None, *, numbers_ahead: bool = True
) -> Exchange:
    """Exchange with the remote what is new on either side; `step` is told what is being waited for.

    The merges and renumberings are commits, whatever the desk does with those of its own commands.
    """
    from dataclasses import replace

    from tkt.git.repository import Repository
    from tkt.git.sync.sync import Sync

    recorder = recorder_of(desk.root, True, at_work, commit_patience=desk.settings.commit_patience)
    committing = replace(desk, open_recorder=lambda: recorder)
    said = step or (lambda _words: None)
    return Sync(committing, Repository.of(desk.root), at_work[1], said, numbers_ahead=numbers_ahead).run()
