"""The ledger ("sổ theo dõi"): what became of each file, by the SHA-256 of its bytes. SQLite, in the workspace's state folder."""

from pipeline.ledger.book import Ledger, open_ledger
from pipeline.ledger.drafts import Version
from pipeline.ledger.rows import Entry, Identity, Step
from pipeline.ledger.schema import SCHEMA_VERSION

__all__ = ["SCHEMA_VERSION", "Entry", "Identity", "Ledger", "Step", "Version", "open_ledger"]
