"""Findings as compilers write theirs: `path:line: error: what is wrong (how to mend it)`."""

from __future__ import annotations

from collections.abc import Iterable

from tkt.domain.finding import Finding
from tkt.language import _, ngettext, pgettext
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted


def findings_text(findings: Iterable[Finding], *, color: bool = False) -> str:
    """One line per finding, in the order given; "" for none."""
    return "".join(_line(finding, color) + "\n" for finding in findings)


def findings_summary(findings: Iterable[Finding], files: int) -> str:
    """The last line of a check of so many files: `2 errors, 1 warning in 12 files`."""
    return _summary(findings, ngettext("{count} file", "{count} files", files).format(count=files))


def history_summary(findings: Iterable[Finding], commits: int) -> str:
    """The last line of a check of so many commits: `2 errors, 1 warning in 12 commits`."""
    return _summary(findings, ngettext("{count} commit", "{count} commits", commits).format(count=commits))


def _summary(findings: Iterable[Finding], looked_at: str) -> str:
    severities = [finding.severity for finding in findings]
    errors, warnings = severities.count("error"), severities.count("warning")
    return _("{errors}, {warnings} in {files}").format(
        errors=ngettext("{count} error", "{count} errors", errors).format(count=errors),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        files=looked_at,
    )


def _line(finding: Finding, color: bool) -> str:
    # With a commit as git itself names a file's version: `git show COMMIT:PATH`.
    place = ":".join(part for part in (finding.commit, finding.path, str(finding.line or "")) if part)
    is_error = finding.severity == "error"
    severity = pgettext("severity", "error") if is_error else pgettext("severity", "warning")
    shown = painted(severity, "bad" if is_error else "warning", color)
    mend = f" ({finding.mend})" if finding.mend else ""
    return f"{one_line(place)}: {shown}: {one_line(finding.message + mend)}"
