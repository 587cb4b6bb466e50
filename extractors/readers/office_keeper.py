"""The program between a worker and LibreOffice: it starts it, watches the time, and leaves nothing behind whatever happens to the worker.

Its arguments are FOLDER SECONDS COMMAND …. Its standard input is a pipe that the worker holds open: when the worker closes it, or dies,
LibreOffice is ended with everything that it started, and the folder with the document is removed. On standard output stands one line:
``done`` when LibreOffice ended by itself, ``late`` when it was stopped by the clock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import IO

from extractors.no_network import shut_network

DONE, LATE = "done", "late"
_MEMORY = 2_000 * 1024 * 1024
"""Address space of LibreOffice in bytes; a dispatch needs some 900 MB of it, most of that its libraries."""
_FILE = 256 * 1024 * 1024
"""Bytes of a file that LibreOffice may write."""


def main(arguments: list[str]) -> int:
    """Run the command and clean up after it."""
    folder, seconds, *command = arguments
    _bound()
    shut_network()
    process = subprocess.Popen(  # noqa: S603 - the command of office_convert
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a process group of its own, by which all of LibreOffice can be ended at once
    )
    watching = Thread(target=_until_let_go, args=(sys.stdin.buffer, process), daemon=True)
    watching.start()
    try:
        process.wait(float(seconds))
        word = DONE
    except subprocess.TimeoutExpired:
        word = LATE
    end(process)
    with contextlib.suppress(OSError):  # nobody listens when the worker is gone
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()
    watching.join()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def _until_let_go(pipe: IO[bytes], process: subprocess.Popen[bytes]) -> None:
    pipe.read()
    end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started."""
    if sys.platform == "win32":
        taskkill = str(Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe"))
        subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603 - our own child
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _bound() -> None:
    """Bound what LibreOffice may take; what the worker's own bounds leave."""
    if sys.platform == "win32":
        return
    import resource

    for kind, bound in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _FILE), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(kind)
        size = bound if most == resource.RLIM_INFINITY else min(bound, most)
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of these and does not set them
            resource.setrlimit(kind, (size, size))
