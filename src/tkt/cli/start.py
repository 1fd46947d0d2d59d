"""The program: git is asked before anything else where it will be needed, and only then is the command line read."""

from __future__ import annotations

import sys


def main() -> None:
    """Run this process's command line, and end with its exit code."""
    try:
        from tkt.cli.survey import begin_early

        begin_early(sys.argv[1:])
        from tkt.cli.main import main

        main()
    except KeyboardInterrupt as end:
        # Before the command was at work, or after: nobody is told where in our code that was.
        sys.exit(end.args[0] if end.args else 130)
