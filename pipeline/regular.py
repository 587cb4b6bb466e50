"""Files that strangers may have put in place, opened by descriptor: a regular file or none, never through a link, never with a wait."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

# A pipe without a writer would keep an ordinary open waiting for ever; where the system has no such flag it has no such pipes.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class NotRegular(OSError):
    """A link, pipe, socket, device or folder stands in the place of a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "not a regular file", str(path))


def open_regular(path: Path) -> BufferedReader:
    """Open a file for reading; what the descriptor says holds, whatever is put in its place meanwhile.

    Raises:
        NotRegular: it is no regular file. A device is not even opened, unless it comes into the file's place that very moment.
        OSError: it is not there, or may not be read.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotRegular(path)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # it turned into a link, or a socket
            raise NotRegular(path) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular(path)
    return open(descriptor, "rb")  # noqa: PTH123 - it is a descriptor


def read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        OSError: as ``open_regular``.
    """
    with open_regular(path) as stream:
        return stream.read()
