"""What a file is read with: plain data that its own bytes do not hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """What comes down with a file's bytes."""

    trusted: tuple[bytes, ...] = ()
    """Certificates (DER) that the authority trusts: of certification authorities, or of single signers."""


ALONE = Beside()
"""Nothing is known but the file."""
