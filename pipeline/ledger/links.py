"""How papers hang together: twins, and what recalls, replaces, corrects or supplements what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from extractors.dispatch import Succession, SuccessionKind
from extractors.text import fold
from pipeline.kept import Link, LinkKind
from pipeline.ledger.matching import meant
from pipeline.ledger.rows import Identity, day_cell, day_of
from pipeline.ledger.table import Table


class Links(Table):
    """The tables "links" and "successions"."""

    def succeeds(self, identity: Identity, successions: Iterable[Succession]) -> tuple[tuple[SuccessionKind, str], ...]:
        """Return (by their hash) the earlier dispatches that a paper of this identity recalls, replaces, corrects or supplements."""
        found = []
        for one in successions:
            candidates = [
                (sha256, (reference, dated, issuer))
                for sha256, reference, dated, issuer in self._connection.execute(
                    "SELECT sha256, reference, dated, issuer FROM files WHERE reference = ?", (fold(one.reference),)
                )
            ]
            sha256 = meant(one.date, candidates, (one.issuer or "", identity[2]))
            if sha256 is not None:
                found.append((one.kind, sha256))
        return tuple(found)

    def succeeded_by(self, identity: Identity) -> tuple[tuple[SuccessionKind, str], ...]:
        """Return (by their hash) the dispatches that arrived before one of this identity and recall, replace, correct or supplement it."""
        query = """
            SELECT successions.sha256, kind, successions.dated, successions.issuer, files.issuer
            FROM successions JOIN files ON files.sha256 = successions.sha256 WHERE successions.reference = ?
        """
        found = []
        for sha256, kind, dated, stated, issuer in self._connection.execute(query, (identity[0],)).fetchall():
            if all(identity) and meant(day_of(dated), [(sha256, identity)], (stated, issuer)):
                found.append((SuccessionKind(kind), sha256))
        return tuple(found)

    def link(self, link: Link) -> None:
        """Write down that a file has to do with an earlier dispatch; the same again changes nothing."""
        with self._together():
            self._link(link)

    def _link(self, link: Link) -> None:
        cells = (link.sha256, link.earlier, link.kind.value, link.day.isoformat(), link.name)
        self._connection.execute("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?)", cells)

    def _remember(self, sha256: str, successions: Iterable[Succession]) -> None:
        for one in successions:
            cited = (one.kind.value, one.reference, fold(one.reference), day_cell(one.date), fold(one.issuer or ""))
            self._insert("successions", (sha256, *cited))

    def companions(self, sha256: str) -> tuple[str, ...]:
        """Return (by their hash) the files that came with a dispatch: other forms of it, its envelope, attachments."""
        query = "SELECT DISTINCT sha256 FROM links WHERE earlier = ? AND kind = ? ORDER BY rowid"
        return tuple(found for (found,) in self._connection.execute(query, (sha256, LinkKind.COMPANION.value)))

    def links(self) -> tuple[Link, ...]:
        """Return every link in the order in which they were written."""
        rows = self._connection.execute("SELECT sha256, earlier, kind, day, name FROM links ORDER BY rowid")
        return tuple(Link(sha, earlier, LinkKind(kind), date.fromisoformat(day), name) for sha, earlier, kind, day, name in rows)
