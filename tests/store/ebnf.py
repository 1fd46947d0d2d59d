"""A grammar in the W3C's EBNF, as docs/format.md writes it, made into one regular expression (no rule is recursive)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(r"^(?P<name>\w+)\s*::=(?P<body>.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_TOKEN = re.compile(r"""\s*(?:'[^']*'|"[^"]*"|\[\^?[^\]]*\]|\#x[0-9A-F]+|\w+|\{\d+,\d+\}|[()|*+?-])""")
_MEMBER = re.compile(r"#x([0-9A-F]+)|(.)", re.DOTALL)
# A - B is said of lines: B must not be all that stands up to the line's end.
_LINE_END = r"(?=\n|\Z)"


def rules_of(page: str) -> dict[str, str]:
    """The rules of the first `ebnf` block of a page, by name."""
    block = page.split("```ebnf\n", 1)[1].split("```", 1)[0]
    return {found["name"]: found["body"] for found in _RULE.finditer(block)}


def expression(rules: dict[str, str], name: str) -> re.Pattern[str]:
    """What a rule accepts, as a whole."""
    return re.compile(_Translation(rules).rule(name))


class _Translation:
    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules
        self.done: dict[str, str] = {}

    def rule(self, name: str) -> str:
        if name not in self.done:
            self.done[name] = self._choice(iter([*_tokens(self.rules[name].rstrip()), ")"]))
        return self.done[name]

    def _choice(self, tokens: Iterator[str]) -> str:
        """Alternatives up to the closing bracket."""
        branches, parts, without = [], [""], None
        for token in tokens:
            if token in ("|", ")"):
                whole = "".join(parts)
                branches.append(whole if without is None else f"(?!(?:{''.join(parts)}){_LINE_END}){without}")
                parts, without = [""], None
                if token == ")":
                    break
            elif token == "-":
                parts, without = [""], "".join(parts)
            elif token in "*+?" or token[0] == "{":
                parts[-1] += token
            else:
                parts.append(self._part(token, tokens))
        return f"(?:{'|'.join(branches)})"

    def _part(self, token: str, tokens: Iterator[str]) -> str:
        if token == "(":
            return self._choice(tokens)
        if token[0] in "'\"":
            return f"(?:{re.escape(token[1:-1])})"
        if token[0] == "[":
            negated, members = ("^", token[2:-1]) if token[1] == "^" else ("", token[1:-1])
            return f"[{negated}{_class(members)}]"
        return f"\\x{int(token[2:], 16):02x}" if token.startswith("#x") else self.rule(token)


def _tokens(body: str) -> Iterator[str]:
    at = 0
    while at < len(body):
        found = _TOKEN.match(body, at)
        assert found, f"no EBNF: {body[at:]}"
        yield found[0].strip()
        at = found.end()


def _class(members: str) -> str:
    """The inside of a class: a hyphen makes a range, #x2D is the hyphen itself."""
    found = _MEMBER.findall(members)
    return "".join("-" if char == "-" else re.escape(chr(int(code, 16)) if code else char) for code, char in found)
