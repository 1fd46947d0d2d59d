"""YAML with lines: the same tree and the same complaints with libyaml's parser and without it."""

from __future__ import annotations

import re

import pytest
import yaml

from tkt.store.yaml_reader import read_tree
from tkt.store.yaml_tree import BrokenYaml, Listing, Refused, Scalar, Table

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
loaders = pytest.mark.parametrize("loader", LOADERS)


def refuse(line: int, message: str, mend: str) -> None:
    raise AssertionError(f"{line}: {message} {mend}")


@loaders
def test_every_value_knows_its_line_and_keeps_its_text(loader: type) -> None:
    tree = read_tree("a: 0612\nb:\n  - 1:30\n  - 'yes'\n# words\nc: {d: ~}\n", refuse, loader)
    assert tree == Table(
        1,
        (
            (Scalar(1, "a"), Scalar(1, "0612")),
            (Scalar(2, "b"), Listing(3, (Scalar(3, "1:30"), Scalar(4, "yes", plain=False)))),
            (Scalar(6, "c"), Table(6, ((Scalar(6, "d"), Scalar(6, "~")),))),
        ),
    )


@loaders
@pytest.mark.parametrize("source", ["", "# words\n", "---\n", "---\n...\n"])
def test_a_text_without_values_has_no_tree(loader: type, source: str) -> None:
    assert read_tree(source, refuse, loader) is None


@loaders
@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a: 1\nb: c: d\n", 2, "“:” stands where none can"),
        ("a:\n\t- b\n", 2, "a tab"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "a bracket is opened here"),
        ("a: {b: 1\n", 1, "a bracket is opened here"),
        ('a: 1\nb: "x\nc: 1\n', 2, "a quote is opened here"),
        ("a: 1\nb: > 70%\n", 2, "begins with “>”"),
        ("a: @x\n", 1, "no text can begin with “@”"),
        ("a: `x`\n", 1, "no text can begin with “`”"),
        ("a: 1\nb: %x\n", 2, "no text can begin with “%”"),
        ("a:\n  b: 1\n c: 2\n", 3, "does not fit the lines above"),
        ("a: 'x' y\n", 1, "does not fit the lines above"),
        ("- a\nb: 1\n", 2, "does not fit the lines above"),
        ("{a: 1}}\n", 1, "does not fit the lines above"),
        ("a: 1\nb\nc: 1\n", 2, "“:”"),
        ('a: "\\q"\n', 1, "a backslash"),
        ("a: - b\n", 1, "where no list can begin"),
        ("%YAML 3.0\n---\na: 1\n", 1, "“%”"),
        ("a: 1\nb: \x07\n", 2, "a control character"),
        ("a: 1\nb: \ufeff\n", 2, "a control character"),
        ("a: 1\n---\nb: 1\n", 3, "a second document"),
        ("a: 1\n? [b]\n: 1\n", 2, "must be a plain text"),
        ("[" * 30 + "]" * 30, 1, "nested too deep"),
        ("\n" + "[" * 100_000, 2, "nested too deep"),
    ],
)
def test_what_is_broken_is_said_in_our_words_with_its_line(loader: type, source: str, line: int, words: str) -> None:
    with pytest.raises(BrokenYaml) as caught:
        read_tree(source, refuse, loader)
    assert caught.value.line == line
    assert words in caught.value.message
    assert re.fullmatch(r"[^\n]+\.", caught.value.mend)


@loaders
def test_anchors_aliases_and_tags_are_complained_of_and_not_followed(loader: type) -> None:
    said: list[tuple[int, str]] = []
    source = "a: &here [1]\nb: *here\nc: !!python/object/apply:os.abort []\n"
    tree = read_tree(source, lambda line, message, mend: said.append((line, message)), loader)
    assert isinstance(tree, Table)
    assert tree.pairs[1][1] == Refused(2)
    assert [line for line, _message in said] == [1, 2, 3]
    assert "“&here”" in said[0][1]
    assert "“*here”" in said[1][1]
    assert "python/object/apply:os.abort" in said[2][1]
