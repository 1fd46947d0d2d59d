"""YAML scalars that every reader takes for the text they are, and nodes that know where they stand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.store.texts import words
from tkt.store import yaml_text
from tkt.store.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from tkt.store.yaml_scalar import reads_as_text, write_scalar
from tkt.store.yaml_text import compose
from tkt.store.yaml_tree import BrokenYaml

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
NOT_TEXT_TO_SOME = [
    *("0612345670", "12", "-3", "+33612345678", "0x1F", "0o17", "0b1", "1_000", "1.5", ".5", "1.", "1e3", "1.5e+3"),
    *("1:30", "190:20:30", "2026-01-15", "2026-01-15T09:15:00+01:00", "2026-01-15 09:15:00"),
    *("yes", "No", "on", "OFF", "true", "False", "y", "N", "null", "Null", "~", ".inf", "-.INF", ".nan", "=", "<<"),
]
ODD = [
    *(
        "",
        " ",
        "a ",
        " a",
        "\ta",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "- a",
        "-",
        "--- a",
        "---",
        "...",
        "? a",
        "?",
        ":",
        ": a",
    ),
    *(
        "[a]",
        "a]",
        "{a}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        ">",
        "> 70%",
        "'a'",
        '"a"',
        "it's",
        "%a",
        "@a",
        "`a`",
    ),
    *("a\nb", "a\r\nb", "\n", "a\\nb", "é\u00a0", "\u00a0é", "a\u2028b", "\x85", "\ufeff", "\x00", "\x7f", "📠", "אב"),
    *(
        "Messagerie > Outlook > Envoi/Réception",
        "http://a.b/c?d=e",
        "a:b",
        "C:\\Temp",
        "P3",
        "100 %",
        "\ufffe",
        "\U0001fffe",
    ),
]
scalars = st.one_of(st.sampled_from(NOT_TEXT_TO_SOME), st.sampled_from(ODD), words)


@pytest.mark.parametrize("loader", LOADERS)
@given(value=scalars, style=st.sampled_from(["", "'", '"']))
def test_a_value_of_ours_is_text_to_every_reader_wherever_it_stands(loader: Any, value: str, style: str) -> None:
    block, flow = write_scalar(value, style=style), write_scalar(value, style=style, flow=True)
    source = f"a: {block}\nb: [{flow}, {flow}]\nc: {{d: {flow}}}\ne:\n- {block}\n"
    assert yaml.load(source, Loader=loader) == {"a": value, "b": [value, value], "c": {"d": value}, "e": [value]}


@given(scalars)
def test_a_value_of_ours_is_one_line(value: str) -> None:
    assert len(write_scalar(value).splitlines()) == 1


@pytest.mark.parametrize("value", NOT_TEXT_TO_SOME)
def test_what_some_reader_takes_for_a_number_a_date_or_a_truth_is_quoted(value: str) -> None:
    assert not reads_as_text(value)
    assert write_scalar(value) == f'"{value}"'


@pytest.mark.parametrize("value", ["2026-01-15T09:15:00+01:00", "12", "1:30", "yes"])
def test_a_value_of_any_type_may_stand_plain(value: str) -> None:
    assert write_scalar(value, any_type=True) == value


@pytest.mark.parametrize("value", ["~", "null", "NULL"])
def test_a_value_that_would_read_as_nothing_is_quoted_all_the_same(value: str) -> None:
    assert write_scalar(value, any_type=True) == f'"{value}"'


@pytest.mark.parametrize(
    "value", ["Outlook 365 - Impossible d'envoyer", "Messagerie > Outlook > Envoi/Réception", "it's", "a:b", "N1", "📠"]
)
def test_ordinary_words_stand_plain(value: str) -> None:
    assert write_scalar(value) == value


@pytest.mark.parametrize(
    ("style", "value", "written"),
    [
        ("'", "l'autre", "'l''autre'"),
        ("'", "12", "'12'"),
        ("'", "a\nb", '"a\\nb"'),
        ('"', "simple", '"simple"'),
        ('"', 'il dit "non"', '"il dit \\"non\\""'),
        ("", "a: b", '"a: b"'),
    ],
)
def test_quoting_that_stood_there_is_kept_where_it_can_hold_the_value(style: str, value: str, written: str) -> None:
    assert write_scalar(value, style=style) == written


def pieces(source: str, node: Node) -> Any:
    """What stands in the source where a node says that it is."""
    if isinstance(node, ScalarNode):
        return source[node.start : node.end]
    if isinstance(node, SequenceNode):
        return [pieces(source, one) for one in node.items]
    return {pieces(source, key): pieces(source, value) for key, value in node.pairs}


@pytest.mark.parametrize("loader", LOADERS)
def test_a_node_knows_where_it_stands_without_what_follows_it(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    source = (
        "a: é 📠  # c\nb: 'x'' y'\nc: >-\n  d\n  e\n\n# c\nf:\ng: [h, \"i\"]  # c\n"
        "j:\n  - k # c\n  - l\n\n# c\nm: {n: o, p: }\nq: r\n  s\n"
    )
    root = compose(source)
    assert isinstance(root, MappingNode)
    assert pieces(source, root) == {
        "a": "é 📠",
        "b": "'x'' y'",
        "c": ">-\n  d\n  e",
        "f": "",
        "g": ["h", '"i"'],
        "j": ["k", "l"],
        "m": {"n": "o", "p": ""},
        "q": "r\n  s",
    }
    ends = {source[key.start : key.end]: source[: value.end].rpartition("\n")[2] for key, value in root.pairs}
    assert (ends["g"], ends["j"], ends["m"]) == ('g: [h, "i"]', "  - l", "m: {n: o, p: }")


@pytest.mark.parametrize("loader", LOADERS)
def test_a_value_keeps_its_text_and_nothing_is_nothing(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    root = compose("a: 0612345670\nb: 1:30\nc: yes\nd: ~\ne: null\nf:\ng: '~'\nh: !!str 12\ni: 2026-01-15\n")
    assert isinstance(root, MappingNode)
    texts = {key.text: value.text for key, value in root.pairs}  # type: ignore[union-attr]
    assert texts == {
        "a": "0612345670",
        "b": "1:30",
        "c": "yes",
        "d": "",
        "e": "",
        "f": "",
        "g": "~",
        "h": "12",
        "i": "2026-01-15",
    }


@pytest.mark.parametrize("source", ["", "\n", "# c\n", "~\n", "---\n"])
def test_a_text_that_says_nothing_has_no_node(source: str) -> None:
    assert compose(source) is None


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("a: 1\nb: &x [1]\n", 2, "&x"),
        ("a: 1\nb: *x\n", 2, "*x"),
        ("a: 1\n<<: *x\n", 2, "*x"),
        ("a: 1\nb: &x\n  c: 1\n", 2, "&x"),
        ("a: 1\n...\nb: 2\n", 3, "lines above|second document"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\nb: \x07\n", 2, "control character"),
        ("a: 1\nb: \ufeff\n", 2, "control character"),
        ("a: 1\n\tb: 2\n", 2, "tab|line"),
        ("a: 1\nb: 'c\n", 2, "never closed"),
        ("%TAG ! !\n", 1, "line"),
        ("%YAML 1.1\na: 1\n", 2, "lines above"),
        ("a: !b!c d\n", 1, "line"),
        ("a: " + "[" * 1_000_000, 1, "too deep"),
        ("a: " + "{b: " * 250_000, 1, "too deep"),
        ("- " * 500_000, 1, "too deep"),
        ("? " * 500_000, 1, "too deep"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(1000)), 20, "too deep"),
    ],
    ids=range(18),
)
def test_what_is_not_taken_is_refused_with_its_line_and_the_way_out(
    loader: Any, source: str, line: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", loader)
    with pytest.raises(BrokenYaml, match=says.replace("*", r"\*")) as caught:
        compose(source)
    assert caught.value.line == line
    assert caught.value.mend


@given(st.one_of(words, st.text("abc:-[]{}\n\t #'\"|>&*!%?,.~\\é\r\u2028", max_size=40)))
def test_any_text_is_a_tree_or_broken(source: str) -> None:
    try:
        compose(source)
    except BrokenYaml as error:
        assert 1 <= error.line <= len(source.splitlines()) + 1
