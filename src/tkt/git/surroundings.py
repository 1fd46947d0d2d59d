"""The environment in which git is started: the person's own, without what would lead it to another repository."""

from __future__ import annotations

import os

# Git sets these for its hooks and whatever they start (gitrepository variables of git(1)); a path or a pathspec of ours
# would be read by them too.
_OF_A_REPOSITORY = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
        *("GIT_REPLACE_REF_BASE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
# There while tkt itself commits: its own hook need not look at what it has just looked at.
COMMITTING = "TKT_COMMITTING"
# There while a server takes in what was pushed: only through these variables are the new commits seen.
_RECEIVING = "GIT_QUARANTINE_PATH"


def surroundings() -> dict[str, str]:
    """The environment for git: it finds the repository by the folder where it works, as tkt finds the desk.

    Within a hook git would otherwise act on the hook's repository, wherever it stands; within a hook that receives
    what is pushed it has to.
    """
    if _RECEIVING in os.environ:
        return dict(os.environ)
    return {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
