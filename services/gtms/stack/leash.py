"""Run a program that dies with the process that started it.

`python -m gtms.stack.leash SIGNAL STARTS PROGRAM ARGUMENT…` asks the kernel to send it SIGNAL when
its parent ends, adds one byte to the file STARTS (whose size so is the number of starts), and then
becomes PROGRAM. A supervisor that is itself killed so leaves no orphans that hold its ports and
files.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(last_will: str, starts: str, *program: str) -> None:
    """Count the start and become the program; returns only when the parent has ended already."""
    parent = os.getppid()
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.Signals[last_will]) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        return
    file = os.open(starts, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(file, b".")
    os.close(file)
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])
