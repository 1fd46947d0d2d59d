"""What a ticket holds is untrusted: its text made harmless for a terminal, a spreadsheet, a page."""

from __future__ import annotations

import re

# C0 but newline and tab, DEL, C1; the marks and overrides that reorder a line (Unicode's bidirectional controls);
# half characters, which no output encoding can write.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Python and Unicode see a line end in the last two.
_LINE_ENDS = re.compile("[\t\n\u2028\u2029]")
# What makes spreadsheets read a cell as a formula (OWASP, "CSV Injection"), full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# The same within a cell, behind what parts cells where commas are decimal marks: such a spreadsheet would cut it there.
_INNER_FORMULA = re.compile("(?<=[;\t\n])(?= {0,4}[=+\\-@＝＋－＠])")
# What Markdown could read as emphasis, code, a link, an image or the end of a cell; `<` and `&` become entities.
_MARKDOWN = re.compile(r"[\\`*_\[\]|~$]")


def for_terminal(text: str) -> str:
    """`text` with every control or reordering character shown as an escape (`\\x1b`, `\\u202e`); lines are kept."""
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`text` safe for a terminal and on one line: a line end or a tab is a space."""
    return _LINE_ENDS.sub(" ", for_terminal(text))


def for_csv(cell: str) -> str:
    """A text cell that no spreadsheet computes: an apostrophe stands before what would begin a formula.

    Numbers of our own are not for this function: they go to the file as numbers.
    """
    guard = "'" if cell.startswith(_FORMULA) else ""
    return guard + _INNER_FORMULA.sub("'", for_terminal(cell))


def for_tsv(cell: str) -> str:
    """The same for a tab-separated line: tabs and line ends are the format's own, so they become spaces."""
    guard = "'" if cell.startswith(_FORMULA) else ""
    return guard + one_line(cell)


def for_markdown(cell: str) -> str:
    """A Markdown table cell that reads as `cell` and holds no markup of its own."""
    escaped = _MARKDOWN.sub(r"\\\g<0>", for_terminal(cell))
    entities = escaped.replace("&", "&amp;").replace("<", "&lt;")
    return _LINE_ENDS.sub("<br>", entities.replace("\t", " "))


def for_markdown_code(text: str) -> str:
    """`text` as one line of code within Markdown, where a hosting site reads nothing: no markup, no link, no mention.

    "" for blank text, since there is no empty code.
    """
    line = " ".join(one_line(text).split())
    if not line:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    edge = " " if "`" in (line[0], line[-1]) else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def for_workflow_command(text: str) -> str:
    """`text` as what a workflow command of GitHub says: one line, of which nothing is read as another command."""
    return one_line(text).replace("%", "%25")


def for_workflow_property(text: str) -> str:
    """`text` as a property of such a command, which a colon or a comma would end."""
    return for_workflow_command(text).replace(":", "%3A").replace(",", "%2C")


def for_html(text: str) -> str:
    """`text` for a page, in an element or in a quoted attribute."""
    import html

    return html.escape(for_terminal(text), quote=True)


def for_json(document: str) -> str:
    """A JSON document whose strings hold the same text, with what would act on a terminal as `\\uXXXX`.

    The encoder escapes only C0, and leaves half characters that no encoding can write.
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def _visible(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
