"""What a reviewer has not decided yet: gaps, open comments, open tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractors.errors import Problem, Severity
from extractors.readers.docx_names import P, W
from extractors.readers.docx_package import Package
from extractors.text import shorten
from pipeline.finalizing.marked import GAP, Line, lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PLACES = 6
"""Places named for each kind; the rest is counted."""
_TRACKED = frozenset(
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
        "tcPrChange", "tblPrExChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
    )
)  # fmt: skip
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_TRUE = ("1", "true", "on")


def open_points(package: Package) -> tuple[Problem, ...]:
    """Return what is still open in a draft; one finding for each kind, with its places."""
    body = package.document()
    lines = {line.index: line for line in lines_of(body)}
    return tuple(filter(None, (_gaps(lines.values()), _comments(package, body, lines), _tracked(body, lines))))


def _gaps(lines: Iterable[Line]) -> Problem | None:
    found = [line for line in lines for _ in GAP.findall(line.text)]
    if not found:
        return None
    message = f"Dự thảo còn {len(found)} chỗ trống chưa điền."
    return Problem("W341", message, Severity.WARNING, _places(found), "Hãy điền theo bản gốc (tìm bằng Ctrl-F với “[…”).")


def _comments(package: Package, body: _Element, lines: dict[int, Line]) -> Problem | None:
    known = _unresolved(package)
    marks = [mark for mark in body.iter(W + "commentReference") if (mark.get(W + "id") or "") in known]
    if not marks:
        return None
    message = f"Dự thảo còn {len(marks)} chú thích bên lề chưa xử lý."
    where = _places(_around(body, marks, lines))
    return Problem("W342", message, Severity.WARNING, where, "Hãy đọc từng chú thích rồi xóa, hoặc đánh dấu đã giải quyết (Resolve).")


def _unresolved(package: Package) -> frozenset[str]:
    """Ids of the comments that nobody marked as resolved; an answer is as resolved as what it answers."""
    comments, extended = package.linked("comments"), package.linked("commentsExtended")
    if comments is None:
        return frozenset()
    done, above = set(), {}
    for entry in () if extended is None else extended.iter(f"{_W15}commentEx"):
        own = entry.get(f"{_W15}paraId") or ""
        above[own] = entry.get(f"{_W15}paraIdParent") or ""
        if (entry.get(f"{_W15}done") or "0") in _TRUE:
            done.add(own)
    found = set()
    for comment in comments.iter(W + "comment"):
        names = [paragraph.get(f"{_W14}paraId") or "-" for paragraph in comment.iter(P)]
        if not done & {*names, *(above.get(name, "") for name in names)}:
            found.add(comment.get(W + "id") or "")
    return frozenset(found)


def _tracked(body: _Element, lines: dict[int, Line]) -> Problem | None:
    marks = [mark for mark in body.iter() if mark.tag in _TRACKED]
    if not marks:
        return None
    places = _around(body, marks, lines)
    message = f"Dự thảo còn {len(marks)} sửa đổi (Track Changes) chưa chấp nhận hoặc từ chối."
    return Problem("W343", message, Severity.WARNING, _places(places), "Hãy bấm Review → Accept hoặc Reject cho từng sửa đổi.")


def _around(body: _Element, marks: Sequence[_Element], lines: dict[int, Line]) -> list[Line]:
    """The paragraphs that the marks stand in."""
    index = {paragraph: place for place, paragraph in enumerate(body.iter(P))}
    found = []
    for mark in marks:
        around = next(mark.iterancestors(P), None)
        if around is not None and index[around] in lines:
            found.append(lines[index[around]])
    return found


def _places(lines: Iterable[Line]) -> str:
    each = list(dict.fromkeys(_shown(line) for line in lines))
    more = [f"và {len(each) - MOST_PLACES} chỗ khác"] if len(each) > MOST_PLACES else []
    return "; ".join((*each[:MOST_PLACES], *more))


def _shown(line: Line) -> str:
    return f"đoạn {line.index + 1} “{shorten(line.text)}”"
