"""What every part of the ledger needs: the connection, and writing all of a step or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.ledger.rows import Cell


class Table:
    """Tables behind one connection, which is in autocommit mode."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Write all of it or nothing."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def _insert(self, table: str, cells: Sequence[Cell]) -> None:
        self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})", cells)  # noqa: S608 - our own names
