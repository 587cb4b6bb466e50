"""One file for each dispatch ("xem-lai.html"): nothing is loaded from elsewhere, and nothing of the dispatch can act in it.

What comes from the dispatch is escaped by the template engine; the page's own policy (CSP) allows one script and one style sheet, by their
hashes, and pictures that stand in the file. A second door to jinja2: this page is markup, the templates of drafts are text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractors.errors import Problem
from extractors.evidence import Grade
from extractors.readers.page_pictures import page_pictures
from extractors.reading import Reading
from pipeline.drafting.coverage import Proof
from pipeline.drafting.facts import clean, where
from pipeline.planning.plan import Plan
from pipeline.review.decisions import Decision, decisions_of, frame_of
from pipeline.review.doubts import doubts_of
from pipeline.review.findings import GRADE_WORDS, Finding, FoundDocument, findings_of, why_missing
from pipeline.review.notes import signature_lines, succession_lines
from pipeline.review.paper import Columns, Paper, ShownTable, paper_of
from pipeline.review.sheets import Left, Sheet, anchored, sheets_of

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

REVIEW_NAME = "xem-lai.html"
_STYLE, _SCRIPT, _BODY = "xem-lai.css", "xem-lai.js", "xem-lai.html.j2"
_KIND_WORDS = {
    "field": "Thông tin chung", "party": "Nơi gửi, nơi nhận", "cited": "Văn bản được nêu", "duty": "Nhiệm vụ",
    "lead": "Chủ trì", "support": "Phối hợp", "due": "Thời hạn", "report": "Nơi nhận báo cáo",
}  # fmt: skip
"""The legend of the marks."""


@dataclass(frozen=True)
class Reviewed:
    """What the page shows."""

    reading: Reading
    plan: Plan
    title: str
    """The dispatch as a clerk calls it."""
    status: str
    """What became of it, in Vietnamese."""
    proof: Proof | None = None
    """None where there is no draft."""
    problems: tuple[Problem, ...] = ()
    """Beside those of the proof."""


def page_of(reviewed: Reviewed) -> bytes:
    """Return the page as a UTF-8 file; the same input gives the same bytes."""
    return _template().render(_context(reviewed)).encode("utf-8")


def _context(reviewed: Reviewed) -> Mapping[str, Any]:
    dispatch, proof = reviewed.reading.dispatch, reviewed.proof
    documents = findings_of(dispatch)
    failed = proof.problems if proof else ()
    style, script = _own(_STYLE), _own(_SCRIPT)
    paper = _paper(reviewed.reading, documents)
    return {
        "title": reviewed.title,
        "status": reviewed.status,
        "source": dispatch.source,
        "doubts": doubts_of(documents, failed, reviewed.problems, drafted=proof is not None),
        "proof": proof,
        "documents": documents,
        "decisions": decisions_of(reviewed.plan),
        "notes": (*succession_lines(dispatch.main), *signature_lines(dispatch.source)),
        "frame": frame_of(reviewed.plan) if proof else None,
        "paper": paper,
        "pages": () if isinstance(paper, Paper) else [one.number for one in paper if isinstance(one, Sheet)],
        "anchored": paper.anchored if isinstance(paper, Paper) else anchored(paper),
        "kinds": _KIND_WORDS,
        "style": style,
        "script": script,
        "policy": _policy(style, script),
        "doubt": _doubt,
        "where": where,
    }


def _doubt(finding: Finding) -> str:
    """What a reader of the value must know of it; empty when the paper says it."""
    return why_missing(finding.missing) if finding.missing else GRADE_WORDS[finding.grade]


def _paper(reading: Reading, documents: Sequence[FoundDocument]) -> tuple[Sheet | Left, ...] | Paper:
    findings = [finding for document in documents for finding in document.all()]
    layout = reading.layout
    if not layout.pages:
        return paper_of(layout, findings)
    return sheets_of(layout.pages, layout.items, findings, lambda numbers: page_pictures(reading.data, numbers))


@lru_cache(maxsize=2)
def _own(name: str) -> Markup:
    """The text of the page's own style sheet or script."""
    from markupsafe import Markup

    return Markup(files("pipeline.review").joinpath(name).read_text(encoding="utf-8"))  # noqa: S704 - a file of the program itself


def _policy(style: str, script: str) -> str:
    """The content policy: nothing but the page's own style, script and pictures."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") for text in (style, script))
    style_hash, script_hash = hashes
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _printed(value: object) -> object:
    """A value on its way into the page: text without control, zero-width and direction marks; markup of the page's own stays."""
    return clean(value) if type(value) is str and not value.isprintable() else value


def _trusted(text: str) -> Markup:
    """The base64 of a picture, which needs no escaping and is long."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - the alphabet of base64 holds no character of markup


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    engine = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
        loader=FunctionLoader(lambda name: files("pipeline.review").joinpath(name).read_text(encoding="utf-8")),
    )
    engine.filters["base64"] = _trusted
    engine.tests |= {
        "sheets": lambda value: isinstance(value, tuple),
        "left_out": lambda value: isinstance(value, Left),
        "table": lambda value: isinstance(value, ShownTable),
        "columns": lambda value: isinstance(value, Columns),
        "unsure": lambda value: isinstance(value, Finding) and value.grade in (Grade.REPAIRED, Grade.GUESSED),
        "decision": lambda value: isinstance(value, Decision),
    }
    return engine.get_template(_BODY)
