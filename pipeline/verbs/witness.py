"""What the verbs that write in a workspace have in common: the log of who did what, and a word to the clerk beside the results."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.errors import Problem
    from pipeline.audit import Audit
    from pipeline.settings import Workspace


def log(options: argparse.Namespace, workspace: Workspace) -> Audit:
    """Return the log of this command; file names go into it where the clerk asked for them."""
    from pipeline.audit import Audit, Witness

    return Audit(workspace, Witness(options.who, options.clock, getattr(options, "audit_names", False)), warn)


def warn(problem: Problem) -> None:
    """Tell a problem beside the results."""
    from pipeline.report import told

    print(told(problem), file=sys.stderr, flush=True)
