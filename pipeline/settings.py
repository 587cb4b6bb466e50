"""Settings of a run: the workspace's folders, the day, the limits. Nothing here reads the clock or the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractors.pages import USUAL_PAGES, Pages
from pipeline.planning.plan import Form

INBOX_NAME = "1-van-ban-den"
STATE_NAME = ".congvan"


@dataclass(frozen=True)
class Workspace:
    """The folders of a secretariat's workspace ("thư mục làm việc")."""

    root: Path

    @property
    def profile(self) -> Path:
        """Where the profile files lie ("hồ sơ cơ quan")."""
        return self.root / "0-ho-so-co-quan"

    @property
    def inbox(self) -> Path:
        """Where clerks drop incoming files ("văn bản đến")."""
        return self.root / INBOX_NAME

    @property
    def drafts(self) -> Path:
        """Where the folders of drafts are delivered ("dự thảo")."""
        return self.root / "2-du-thao"

    @property
    def archive(self) -> Path:
        """Where processed originals go, byte for byte ("lưu bản gốc")."""
        return self.root / "3-luu-ban-goc"

    @property
    def refused(self) -> Path:
        """Where files go that could not be processed, each with a note ("không xử lý được")."""
        return self.root / "4-khong-xu-ly-duoc"

    @property
    def state(self) -> Path:
        """The ledger and the staging area; not for clerks."""
        return self.root / STATE_NAME

    @property
    def folders(self) -> tuple[Path, ...]:
        """All of them, in the order in which a clerk meets them."""
        return (self.profile, self.inbox, self.drafts, self.archive, self.refused, self.state)


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    seconds: float = 120.0
    memory_mb: int = 1500
    """Address space of a worker in MB; where the platform cannot limit it, it is not limited."""
    file_mb: int = 200
    """Larger files are refused unread."""
    output_mb: int = 100
    """What the drafts of one file may take together in MB; and, where the platform can limit it, each file that a worker writes."""
    pages: Pages = USUAL_PAGES
    """How many pages are read; what lies behind them is told."""


@dataclass(frozen=True)
class Settings:
    """Everything a run needs to know."""

    workspace: Workspace
    today: date
    jobs: int = 1
    dry_run: bool = False
    form: Form | None = None
    """The form that the reviewer asks for; None leaves it to the plan."""
    limits: Limits = field(default_factory=Limits)
