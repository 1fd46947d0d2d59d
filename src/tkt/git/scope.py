"""Which files a `git commit` is to take, told in its arguments, or in a file where they are too many for these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tkt.git.command import literally, nameless_file
from tkt.git.index import terminated

# Well under the shortest argument list a system allows (macOS: 1 MiB with the environment).
_MOST_ARGUMENT_BYTES = 100_000

# How `git commit` is to take which files (`--only`, `--include`); None: the index as it is.
Scope = tuple[str, list[str]] | None


@contextmanager
def pathspecs(scope: Scope) -> Iterator[tuple[list[str], tuple[int, ...]]]:
    """The arguments that tell `git commit` its scope: paths too many for a command line are in a file.

    With them the descriptor of that file, which has no name that could be left behind.
    """
    if scope is None:
        yield [], ()
        return
    mode, names = scope
    specs = [literally(name) for name in names]
    listed = terminated(specs)
    if len(listed) <= _MOST_ARGUMENT_BYTES:
        yield [mode, "--", *specs], ()
        return
    with nameless_file() as file:
        file.write(listed)
        file.seek(0)
        yield [mode, f"--pathspec-from-file=/dev/fd/{file.fileno()}", "--pathspec-file-nul"], (file.fileno(),)
