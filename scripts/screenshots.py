"""Take the pictures of docs/images: the report's page and the terminal's dashboard of the demonstration's month."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.text import Text

IMAGES = Path(__file__).parent.parent / "docs" / "images"
NAMES = ("chromium", "chromium-browser", "google-chrome")
NOW = "2026-02-02T08:00:00+01:00"
MONTH = ("--month", "2026-01")


def tkt(*arguments: str) -> list[str]:
    """A command line of this interpreter's tkt."""
    return [sys.executable, "-m", "tkt", "--now", NOW, *arguments]


def on_a_terminal(command: list[str]) -> str:
    """What a command shows to a person: with its colours, as only a terminal gets them."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(command, stdout=follower, env=environment):
        os.close(follower)
        shown = b""
        while data := _read(leader):
            shown += data
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how Linux says that the other end was closed
        return b""


def picture_of_terminal(page: Page, shown: str, path: Path) -> None:
    """The text of a terminal as a picture, in its own colours."""
    console = Console(record=True, width=66, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi(shown.rstrip()))
    code = console.export_html(inline_styles=True, code_format="{code}")
    page.set_content(
        "<body style='margin:0'><pre style='display:inline-block;margin:0;padding:20px 26px;background:#fff;color:#222;"
        f'font:15px/1.16 "DejaVu Sans Mono",monospace\'>{code}</pre></body>'
    )
    page.locator("pre").screenshot(path=path)


def main() -> None:
    """Build the demonstration, open both in Chromium and take the pictures."""
    chromium = next(path for name in NAMES if (path := shutil.which(name)))
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        desk, report = Path(folder, "desk"), Path(folder, "report.html")
        subprocess.run(tkt("demo", str(desk)), check=True, capture_output=True)
        subprocess.run(tkt("-C", str(desk), "report", *MONTH, "--lang", "en", "--output", str(report)), check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 1180})
        page.goto(report.as_uri())
        page.screenshot(path=IMAGES / "report.png")
        shown = on_a_terminal(tkt("-C", str(desk), "dashboard", *MONTH, "--lang", "fr"))
        # A page of its own: the report's allows no other style than its own, whatever is put in its place.
        picture_of_terminal(browser.new_page(), shown, IMAGES / "dashboard.png")
        browser.close()


if __name__ == "__main__":
    main()
