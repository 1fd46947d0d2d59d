"""The program: git is asked before anything else where it will be needed, and only then is the command line read."""

from __future__ import annotations

import sys

from tkt.cli.survey import begin_early


def main() -> None:
    """Run this process's command line, and end with its exit code."""
    begin_early(sys.argv[1:])
    from tkt.cli.main import main

    main()
