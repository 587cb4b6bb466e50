"""Shuts the network to this process for good: documents never leave the machine, whatever a file makes a library do.

Two walls. Python's own sockets are refused everywhere by an audit hook, so that the attempt is seen and becomes the file's outcome.
Where the system lets a plain user do it (Linux), the process also moves into a network of its own with nothing in it, not even a
loopback: that holds for libraries in C and for the programs that the process starts.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_EVENTS = frozenset(f"socket.{name}" for name in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "sendmsg", "sendto"))
"""Audit events of Python's sockets by which data or a name could leave the machine."""
_OWN_NETWORK, _OWN_USERS = 0x40000000, 0x10000000
"""CLONE_NEWNET, CLONE_NEWUSER of unshare(2)."""


class NetworkRefused(Exception):
    """This process wanted the network. No OSError: a library that tries again after those must not swallow it."""


def shut_network() -> bool:
    """Shut the network to this process; True when the programs it starts are shut in, too."""
    sys.addaudithook(_refuse)
    return sys.platform == "linux" and _move_away()


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a call that reaches for the network; a hook cannot be taken off again, so this holds for the life of the process."""
    if event in _EVENTS and not _stays_here(arguments):
        raise NetworkRefused(event)


def _stays_here(arguments: tuple[object, ...]) -> bool:
    """True for the pipes by which a program talks to itself or to a program it started.

    Unix sockets; on Windows, where ``socket.socketpair`` is made of two loopback sockets, those.
    """
    family = getattr(arguments[0], "family", None) if arguments else None
    if family is not None and family.name == "AF_UNIX":
        return True
    address = arguments[1] if len(arguments) > 1 else None
    return sys.platform == "win32" and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")


def _move_away() -> bool:
    """Leave the machine's network; a plain user needs a user namespace of its own for that, which some systems forbid."""
    user, group = os.getuid(), os.getgid()
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(_OWN_NETWORK) == 0:
            return True
        if unshare(_OWN_NETWORK | _OWN_USERS) != 0:
            return False
        # Without these lines the process would look like "nobody" to the programs it starts.
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path("/proc/self", name).write_text(line, "ascii")
    except (OSError, AttributeError):
        return False
    return True
