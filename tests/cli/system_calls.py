"""A process and all that it starts, stopped at each system call that writes: let through, made to fail, or killed.

The kernel stops them (a seccomp filter, which children inherit), so that all other calls run at full speed; what is
stopped is served by python-ptrace. Its own debugger asks each process in turn whether something happened, and sleeps.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn

import pytest

try:
    from ptrace.binding.func import (
        PTRACE_O_TRACECLONE,
        PTRACE_O_TRACEEXEC,
        PTRACE_O_TRACEFORK,
        PTRACE_O_TRACEVFORK,
        ptrace_cont,
        ptrace_geteventmsg,
        ptrace_getregs,
        ptrace_setoptions,
        ptrace_setregs,
        ptrace_traceme,
    )
    from ptrace.error import PtraceError
    from ptrace.syscall import SYSCALL_NAMES
except (ImportError, NotImplementedError):  # another system, or another processor
    pytest.skip("python-ptrace does not run here", allow_module_level=True)

if sys.platform != "linux" or platform.machine() != "x86_64":
    pytest.skip("calls are made to fail through the registers of an x86_64 under Linux", allow_module_level=True)

WRITES = (
    *("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice", "fallocate"),
    *("truncate", "ftruncate", "fsync", "fdatasync", "sync_file_range", "creat", "chmod", "fchmod", "fchmodat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat"),
    *("mkdir", "mkdirat", "rmdir", "mknod", "mknodat", "utimensat", "setxattr", "fsetxattr"),
)
# The place of the flags among the arguments of a call that may make or empty a file.
OPENS = {"open": 1, "openat": 2}
_MAKES = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | (os.O_TMPFILE & ~os.O_DIRECTORY)

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_O_TRACESECCOMP, _O_EXITKILL = 0x80, 0x100000
_EVENT_CLONE, _EVENT_SECCOMP = 3, 7
_FORKS = (1, 2, _EVENT_CLONE)
_ALL_CHILDREN = 0x40000000
_OPTIONS = (
    PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | _O_TRACESECCOMP | _O_EXITKILL
)
_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def _instructions() -> bytes:
    """A filter that hands the calls of WRITES, and those of OPENS that may make a file, to whoever traces us."""
    numbers = {name: number for number, name in SYSCALL_NAMES.items()}
    code = [(_LOAD, 0, 0, 0)]
    for name, place in OPENS.items():
        low_half = 16 + 8 * place
        code += [(_EQUAL, 0, 4, numbers[name]), (_LOAD, 0, 0, low_half), (_ANY_BIT, 0, 1, _MAKES)]
        code += [(_RETURN, 0, 0, _TRACE), (_RETURN, 0, 0, _ALLOW)]
    for name in WRITES:
        code += [(_EQUAL, 0, 1, numbers[name]), (_RETURN, 0, 0, _TRACE)]
    code.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *one) for one in code)


_CODE = _instructions()


@dataclass
class Traced:
    """A process that runs `action` and ends with its exit code, with all that it starts.

    `at_write` is told of each call that writes, before it is made: its number from 1, whether our process itself
    makes it, and the call's name. It returns True to have it fail with ENOSPC; or it kills.
    """

    action: Callable[[], int]
    at_write: Callable[[Traced, int, bool, str], bool]
    root: int = 0
    writes: int = 0
    ended: dict[int, int] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)
    _groups: dict[int, int] = field(default_factory=dict)

    def start(self) -> Traced:
        """Let it begin; raises PermissionError where tracing is not permitted."""
        self.root = os.fork()
        if not self.root:
            self._be_traced()
        _pid, status = os.waitpid(self.root, 0)
        if not os.WIFSTOPPED(status):
            raise PermissionError(f"tracing is not permitted here ({os.waitstatus_to_exitcode(status)})")
        self.alive = {self.root}
        ptrace_setoptions(self.root, _OPTIONS)
        ptrace_cont(self.root)
        return self

    def _be_traced(self) -> NoReturn:
        code = 99
        try:
            ptrace_traceme()
            program = _Program(len(_CODE) // 8, _CODE)
            os.kill(os.getpid(), signal.SIGSTOP)
            if _libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or _libc.prctl(
                _SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0
            ):
                raise OSError(ctypes.get_errno(), "no filter")
            code = self.action()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def run(self, until: Callable[[Traced], bool] = lambda traced: not traced.alive) -> None:
        """Serve what is traced until `until` holds (until all has ended)."""
        while not until(self):
            pid, status = os.waitpid(-1, _ALL_CHILDREN)
            self._serve(pid, status)

    @property
    def has_ended(self) -> bool:
        """Whether our process itself is gone; what it started may live on."""
        return self.root in self.ended

    def kill(self, *pids: int) -> None:
        """Kill these of the processes."""
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _serve(self, pid: int, status: int) -> None:
        if not os.WIFSTOPPED(status):
            self.alive.discard(pid)
            self.ended[pid] = os.waitstatus_to_exitcode(status)
            return
        self.alive.add(pid)
        event, number = status >> 16, os.WSTOPSIG(status)
        # One that is killed meanwhile answers no more; its end is heard of in turn.
        with suppress(PtraceError):
            if event in _FORKS:
                child = ptrace_geteventmsg(pid)
                self._groups[child] = self._group(pid) if event == _EVENT_CLONE else child
            elif event == _EVENT_SECCOMP:
                self._at_write(pid)
            ours = event or number in (signal.SIGSTOP, signal.SIGTRAP)
            ptrace_cont(pid, 0 if ours else number)

    def _group(self, pid: int) -> int:
        return self._groups.get(pid, pid)

    def _at_write(self, pid: int) -> None:
        self.writes += 1
        registers = ptrace_getregs(pid)
        name = SYSCALL_NAMES.get(registers.orig_rax, "?")
        if self.at_write(self, self.writes, self._group(pid) == self.root, name):
            registers.orig_rax = 2**64 - 1
            registers.rax = 2**64 - errno.ENOSPC
            ptrace_setregs(pid, registers)
