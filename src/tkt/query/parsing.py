"""Reading a query: terms beside each other are asked for together, OR parts alternatives, parentheses hold them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tkt.domain.words import fold
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.query.candidate import Candidate, Test
from tkt.query.context import Context, Phrase, Phrases
from tkt.query.elsewhere import elsewhere
from tkt.query.meaning import key_of, meaning_of
from tkt.query.terms import Node, Said, Term, all_of, any_of
from tkt.query.tokens import Token, joins

# More than anybody writes; each is a call within a call.
_DEEPEST = 40


class Parser:
    """Reads the pieces of a query, once, in order."""

    def __init__(self, pieces: Sequence[Token], context: Context) -> None:
        self.pieces = list(pieces)
        self.context = context
        self.at = 0
        self.depth = 0

    def query(self) -> Node:
        """The whole; raises UnreadableQuery."""
        if not self.pieces:
            return all_of([])
        node = self._alternatives()
        if self.at < len(self.pieces):
            raise self.pieces[self.at].refused(_("this parenthesis closes none."))
        return node

    def _alternatives(self) -> Node:
        parts = [self._together()]
        while self._goes_on("or"):
            self.at += 1
            parts.append(self._together())
        return any_of(parts)

    def _together(self) -> Node:
        parts = [self._part()]
        while self.at < len(self.pieces) and not self._goes_on("or", ")"):
            self.at += self._goes_on("and")
            parts.append(self._part())
        return all_of(parts)

    def _goes_on(self, *kinds: str) -> bool:
        return self.at < len(self.pieces) and self.pieces[self.at].kind in kinds

    def _part(self) -> Node:
        if self.at >= len(self.pieces):
            raise self.pieces[-1].refused(_("something must follow."))
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "(":
            node = self._parenthesis(piece)
        elif piece.kind == "not":
            node = self._part().negation()
        elif piece.kind == "term":
            node = self._term(piece)
        elif piece.kind == "words":
            node = self._said(piece)
        else:
            raise piece.refused(_("a condition must stand before it; in quotes it is a word to look for."))
        return node.negation() if piece.negated else node

    def _parenthesis(self, opening: Token) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise opening.refused(_("there are too many parentheses within each other."))
        node = self._alternatives()
        if not self._goes_on(")"):
            raise opening.refused(_("this parenthesis is not closed."))
        self.at += 1
        self.depth -= 1
        return node

    def _term(self, piece: Token) -> Node:
        try:
            key = key_of(piece.key)
            values, meaning = meaning_of(key, piece.operator, piece.values, self.context)
        except CalledWrongly as error:
            raise piece.refused(str(error)) from error
        return Term(key, piece.operator, values, meaning)

    def _said(self, piece: Token) -> Node:
        if not piece.quoted:
            self._refuse_if_meant_otherwise(piece)
        if not any(char.isalnum() for char in fold(piece.text)):
            raise piece.refused(_("there is no word in it to look for."))
        return Said((Phrase(piece.text, piece.quoted),), self._finder)

    def _refuse_if_meant_otherwise(self, piece: Token) -> None:
        """Raises UnreadableQuery for what other query languages write in another way, and is hardly a word here."""
        if (condition := elsewhere(piece.text)) is not None:
            message = _("a condition is written with a colon, {condition}; in quotes it is a text to look for.")
            raise piece.refused(message.format(condition=condition))
        kind, before, after = joins(piece.text), self.pieces[: self.at - 1][-1:], self.pieces[self.at : self.at + 1]
        beside = after if kind == "not" else [*before, *after]
        if kind != "words" and any(one.kind in ("term", "(", ")") for one in beside):
            message = _("between conditions it is written in capitals, {word}; in quotes it is a word to look for.")
            raise piece.refused(message.format(word=piece.text.upper()))

    def _finder(self, phrases: Phrases) -> Test:
        """Whether a ticket says the phrases: they are looked for once, when the first ticket is asked."""
        matching = self.context.matching

        @cache
        def found() -> frozenset[str]:
            return frozenset(matching(phrases))

        def says(candidate: Candidate) -> bool:
            return candidate.ticket.id in found()

        return says
