"""Front matters as hands write them: every style of value, comments, blank lines, odd indents, either line end."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.store.texts import line_ends
from tkt.store.yaml_scalar import write_scalar

VALUES = [
    "Jean DUPONT",
    "P3",
    "0612345670",
    "1:30",
    "yes",
    "2026-01-15",
    "é 📠 אב",
    "a 'b' \"c\"",
    "> 70%",
    "# a",
    "a: b",
]
TAGS = ["vip", "réseau", "deux mots", "12", "a:b"]
KEYS = [
    *("id", "title", "via", "asset", "category", "impact", "state", "assignee", "level", "group", "cause"),
    *("opened_at", "x_ours", "x_other", "couleur"),
]
CHILDREN = ["name", "department", "email", "phone", "location"]
comments = st.sampled_from(["", "", " # note", "  # clé: valeur, [a] {b} 'c'"])
line_comments = st.sampled_from([[], [], [], [""], ["# seul"], ["", "# id: INC0000009", ""], [" # décalé"]])


@st.composite
def scalars(draw: st.DrawFn, indent: int, *, flow: bool = False) -> list[str]:
    """What stands behind a colon: the rest of its line, and further lines indented by more than `indent`."""
    value = draw(st.sampled_from(VALUES))
    single = "'" + value.replace("'", "''") + "'"
    plain = write_scalar(value, any_type=True, flow=flow)
    if flow:
        return [draw(st.sampled_from([plain, single, '"x\\u00e9"', "0612345670"]))]
    inner = " " * (indent + draw(st.integers(2, 4)))
    behind = draw(comments)
    styles = {
        "plain": [plain + behind],
        "single": [single + behind],
        "double": [f'"{draw(st.sampled_from(["a b", "é ", "a # b", "", "~"]))}"' + behind],
        "tagged": ["!!str 12" + behind],
        "empty": [behind],
        "null": ["~" + behind],
        "trailing": [plain + "  "],
        "literal": [f"|{behind}", f"{inner}ligne", f"{inner} # texte", "", f"{inner}---"],
        "folded": [f">-{behind}", f"{inner}a", f"{inner}b", ""],
        "kept": ["|+", f"{inner}a", ""],
        "long": ["début", f"{inner}suite", "", f"{inner}fin" + behind],
        "long single": ["'début", "", f"{inner}fin'" + behind],
    }
    return styles[draw(st.sampled_from(sorted(styles)))]


@st.composite
def sets(draw: st.DrawFn, indent: int) -> list[str]:
    """A set behind its colon, in a line or one member a line."""
    members = [write_scalar(one, flow=True) for one in draw(st.lists(st.sampled_from(TAGS), max_size=3, unique=True))]
    behind = draw(comments)
    pad = " " * (indent + draw(st.sampled_from([0, 2])))
    inner = " " * (indent + 2)
    block = [behind] + [f"{pad}- {member}{draw(comments)}" for member in members]
    styles = {
        "flow": ["[" + ", ".join(members) + "]" + behind],
        "tight": ["[ " + " ,".join(members) + " ]" + behind],
        "comma": ["[" + "".join(f"{member}," for member in members) + "]" + behind],
        "lines": ["["] + [f"{inner}{member}, # un, deux" for member in members] + [f"{inner}] # fin"],
        "late commas": ["["]
        + [f"{inner}{', ' if n else ''}{one} # a, b" for n, one in enumerate(members)]
        + [f"{inner}]"],
        "block": block if members else ["~"],
        "noted": [behind, f"{pad}# note", *block[1:]] if members else [behind],
    }
    return styles[draw(st.sampled_from(sorted(styles)))]


@st.composite
def requesters(draw: st.DrawFn, indent: int, key: str = "requester") -> list[str]:
    """A nested mapping with its key, in every style."""
    children = draw(st.lists(st.sampled_from(CHILDREN), max_size=4, unique=True))
    pad = " " * draw(st.sampled_from([1, 2, 2, 4]))
    behind = draw(comments)
    if not children or draw(st.booleans()):
        pairs = [f"{child}: {draw(scalars(0, flow=True))[0]}" for child in children]
        return draw(
            st.sampled_from(
                [
                    [f"{key}: {{{', '.join(pairs)}}}{behind}"],
                    [f"{key}: {{ {' , '.join(pairs)} }}{behind}"],
                    [f"{key}: {{", *(f"  {pair}, # a, b" for pair in pairs), f"  }}{behind}"],
                    [f"{key}: {{{', '.join([*pairs, 'mobile'])}}}"],
                    [f"{key}: {{{', '.join(['mobile', *pairs])}, }}"],
                    [f"{key}:{behind}"] if not pairs else [f"{key}: {{{', '.join(pairs)}}}"],
                    [f"{key}: ~{behind}"] if not pairs else [f"{key}: {{{', '.join(pairs)}}}"],
                ]
            )
        )
    lines = [f"{key}:{behind}"]
    for child in children:
        first, *rest = draw(scalars(indent + len(pad)))
        lines += [pad + line if line else "" for line in draw(line_comments)]
        lines += [f"{pad}{child}:{' ' if first and first[0] not in ' ' else ''}{first}", *rest]
    return lines


@st.composite
def front_matters(draw: st.DrawFn) -> tuple[str, str]:
    """A front matter and its line end."""
    root = draw(st.sampled_from([0, 0, 0, 2]))
    lines: list[str] = draw(line_comments)
    every = st.sampled_from([*KEYS, *["tags", "links", "requester", "x_deep"] * 3, "x_any"])
    for key in draw(st.lists(every, max_size=7, unique=True)):
        lines = [*lines, *(" " * root + line if line else "" for line in _pair(draw, key))]
        lines += draw(line_comments)
    eol = draw(line_ends)
    return "".join(line + eol for line in lines), eol


def _pair(draw: st.DrawFn, key: str) -> list[str]:
    if key == "x_any":
        return draw(
            st.sampled_from([["x_any: {a: [1, 2], b: {c: d}}"], ["x_any:", "- 1", "-", "  - 2"], ["? x_any", ": 12"]])
        )
    if key in ("requester", "x_deep"):
        return draw(requesters(0, key))
    first, *rest = draw(sets(0) if key in ("tags", "links") else scalars(0))
    name = draw(st.sampled_from([key, key, key, f'"{key}"', f"'{key}'", f"{key} "]))
    blank = draw(st.sampled_from([" ", " ", "   "])) if first and first[0] != " " else ""
    return [f"{name}:{blank}{first}", *rest]
