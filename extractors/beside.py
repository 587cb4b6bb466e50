"""What a file is read with: plain data that its own bytes do not hold."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.envelope import Envelope
from extractors.pages import USUAL_PAGES, Pages


@dataclass(frozen=True)
class Beside:
    """What comes down with a file's bytes."""

    trusted: tuple[bytes, ...] = ()
    """Certificates (DER) that the authority trusts: of certification authorities, or of single signers."""
    envelope: Envelope | None = None
    """The exchange message that came with the file ("phong bì edXML")."""
    pages: Pages = USUAL_PAGES
    """How many pages of the file are read."""


ALONE = Beside()
"""Nothing is known but the file."""
