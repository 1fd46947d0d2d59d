"""A front matter cut into keyed pieces: the comments above a key, its pair, and what follows on its last line."""

from __future__ import annotations

from typing import NamedTuple

from tkt.store.front_matter import FrontMatter
from tkt.store.yaml_edit import YamlSource
from tkt.store.yaml_nodes import MappingNode, Node, ScalarNode

# The name under which what stands behind the last key is kept; no key is called so.
END = "\n"


class Uncuttable(ValueError):
    """A mapping whose pairs do not each have lines of their own, or whose keys are not all different."""


class Piece(NamedTuple):
    """A key and its value: `stem` from the beginning of its line to the end of the value, `trail` the rest of the line.

    `lead` are the comments and blank lines above. In the front matter the pair stands at `start`, and the key's own
    line ends at `behind_key`.
    """

    lead: str
    stem: str
    trail: str
    value: Node
    start: int
    behind_key: int

    @property
    def pair(self) -> str:
        """The lines of the pair."""
        return self.stem + self.trail

    @property
    def text(self) -> str | None:
        """The single value, None where it is none."""
        return self.value.text if isinstance(self.value, ScalarNode) else None

    @property
    def has_pairs_below(self) -> bool:
        """Whether it is a mapping of pairs that stand below the key, on lines of their own."""
        value = self.value
        if not isinstance(value, MappingNode) or value.flow or not value.pairs:
            return False
        return value.pairs[0][0].start >= self.behind_key

    @property
    def takes_any_trail(self) -> bool:
        """Whether what stands behind the value may be exchanged: of a text in a block it would become a part."""
        return not isinstance(self.value, ScalarNode) or self.value.style not in ("|", ">")


class Cut(NamedTuple):
    """The pieces of one mapping, by key, and what stands behind the last."""

    pieces: dict[str, Piece]
    rest: str

    def leads(self, base: Cut) -> dict[str, str]:
        """What stands above each key and behind the last, with the comments of a key that was taken out its own still.

        A command that takes a key out leaves the comments above it, which are then the next key's.
        """
        leads = {**{name: piece.lead for name, piece in self.pieces.items()}, END: self.rest}
        before = {**{name: piece.lead for name, piece in base.pieces.items()}, END: base.rest}
        gone: list[str] = []
        for name, lead in before.items():
            if name not in leads:
                gone.append(name)
                continue
            orphaned = "".join(before[one] for one in gone)
            if orphaned and leads[name] == orphaned + lead:
                leads |= {name: lead, **{one: before[one] for one in gone}}
            gone = []
        return leads


def cut(front: FrontMatter) -> Cut:
    """The whole of a front matter; raises Uncuttable."""
    return _cut(YamlSource(front.source, front.eol), front.root, 0, len(front.source))


def cut_below(front: FrontMatter, piece: Piece) -> tuple[str, Cut]:
    """A key's own line, and the pieces of the mapping below it; raises Uncuttable."""
    assert isinstance(piece.value, MappingNode)
    source = YamlSource(front.source, front.eol)
    stop = piece.start + len(piece.pair)
    return front.source[piece.start : piece.behind_key], _cut(source, piece.value, piece.behind_key, stop)


def _cut(source: YamlSource, mapping: MappingNode, start: int, stop: int) -> Cut:
    pieces: dict[str, Piece] = {}
    at = start
    for key, value in mapping.pairs:
        begin, last = source.line_start(key.start), max(key.end, value.end)
        end = source.next_line(last)
        if begin < at or end > stop:
            raise Uncuttable
        name = key.text if isinstance(key, ScalarNode) else source.text[key.start : key.end]
        if name in pieces or name == END:
            raise Uncuttable
        lead, stem, trail = source.text[at:begin], source.text[begin:last], source.text[last:end]
        pieces[name] = Piece(lead, stem, trail, value, begin, source.next_line(key.end))
        at = end
    return Cut(pieces, source.text[at:stop])
