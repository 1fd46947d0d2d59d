"""On which line of `tkt.yaml` something stands, for what is said of settings that can be read."""

from __future__ import annotations

from pathlib import Path

from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.file import bytes_of, tree_of
from tkt.store.settings.value import Problems
from tkt.store.yaml_tree import Listing, Node, Table


class SettingsPlaces:
    """The lines of a settings file that was read without a problem."""

    def __init__(self, root: Path) -> None:
        self._tree = tree_of(bytes_of(root / SETTINGS), Problems(SETTINGS))

    def line(self, *path: str | int) -> int:
        """The line of what stands under these keys and indexes, or of the nearest to it that is there; 0 for none."""
        line, node = 0, self._tree
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line


def _step(node: Node | None, step: str | int) -> tuple[int, Node] | None:
    if isinstance(node, Table):
        return next(((key.line, value) for key, value in node.pairs if key.text == step), None)
    if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
        return node.items[step].line, node.items[step]
    return None
