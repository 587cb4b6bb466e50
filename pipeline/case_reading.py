"""Several files, one dispatch ("một văn bản, nhiều tệp"): which file is the dispatch, which ones go with it, which stand alone.

Files are one case where number, day and issuer say so, or the exchange message that came with them. What cannot be shown to belong is
left apart and named; it is then processed by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from extractors.beside import Beside
from extractors.dispatch import Dispatch, Document, DocumentRole
from extractors.envelope import Envelope
from extractors.enveloped import announced, compare
from extractors.errors import (
    BadPackage,
    DispatchError,
    LoneEnvelope,
    Problem,
    SecretDocument,
    Severity,
    UnreadableEnvelope,
    UnsupportedFormat,
)
from extractors.evidence import Evidence, value_of
from extractors.layout import TextSource
from extractors.pages import USUAL_PAGES, Pages
from extractors.readers import edxml, packages
from extractors.reading import Reading, read_file, with_envelope
from pipeline.stages import identity_of

_OWN_LETTERHEAD = frozenset({"W220", "W221"})
"""That an attachment has no letterhead of its own is no doubt."""
_TEXT_ORDER = (TextSource.DIGITAL, TextSource.MIXED, TextSource.OCR)
T = TypeVar("T")
_SHOWN = 8
"""Files named in one message."""


@dataclass(frozen=True)
class Given:
    """A file of the inbox that is perhaps part of a case."""

    name: str
    sha256: str
    data: bytes


@dataclass(frozen=True)
class CaseRead:
    """What a case holds."""

    reading: Reading
    main: str
    """SHA-256 of the dropped file that the dispatch was read from."""
    companions: tuple[str, ...]
    """SHA-256 of the dropped files that go with it; the others stand alone."""


@dataclass(frozen=True)
class _Part:
    """A file of the case, its packages opened."""

    name: str
    origin: Given
    """The dropped file that it is, or that it came in."""

    @property
    def packed(self) -> bool:
        return self.name != self.origin.name


@dataclass(frozen=True)
class _Paper(_Part):
    """A file that could be read."""

    reading: Reading

    @property
    def dispatch(self) -> Dispatch:
        return self.reading.dispatch


@dataclass(frozen=True)
class _Failed(_Part):
    """A file that could not."""

    problem: Problem


def is_case(data: bytes) -> bool:
    """True for a single file that is more than a paper: a package, or an exchange message."""
    return packages.is_package(data) or edxml.is_edxml(data)


def read_case(files: Sequence[Given], trusted: tuple[bytes, ...], *, together: bool = False, pages: Pages = USUAL_PAGES) -> CaseRead:
    """Read the files of a case; ``together``: they came in one folder, so that a paper without a number is an attachment.

    Raises:
        SecretDocument: one of them is stamped; then none is kept.
        DispatchError: none can be read; the error of the first.
    """
    opened = _open(files)
    if not opened.papers:
        raise LoneEnvelope(announced(opened.envelope)) if opened.envelope else UnsupportedFormat("ZIP")
    read = [_read(name, data, origin, Beside(trusted, pages=pages)) for name, data, origin in opened.papers]
    papers = [one for one in read if isinstance(one, _Paper)]
    failed = [one for one in read if isinstance(one, _Failed)]
    if not papers:
        raise _Unread(failed[0].problem)
    main = _covering(papers, opened.envelope)
    sorter = _Sorter(main, opened, together=together or main.packed)
    return sorter.result(files, [paper for paper in papers if paper is not main], failed)


class _Unread(DispatchError):
    """None of the papers could be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.where)
        self._problem = problem

    def problem(self) -> Problem:
        """Return the problem of the first."""
        return self._problem


@dataclass(frozen=True)
class _Opened:
    """The files of a case with its packages opened."""

    papers: tuple[tuple[str, bytes, Given], ...]
    envelope: Envelope | None
    problems: tuple[Problem, ...]


def _open(files: Sequence[Given]) -> _Opened:
    """Open the packages; what cannot be opened is named and left out where there are papers beside it.

    Raises:
        BadPackage, UnreadableEnvelope: there is no paper but in what cannot be opened.
    """
    papers: list[tuple[str, bytes, Given]] = []
    messages: list[Envelope] = []
    failed: list[tuple[str, DispatchError]] = []
    for given in files:
        try:
            for name, data in _members(given):
                if not edxml.is_edxml(data):
                    papers.append((name, data, given))
                    continue
                try:
                    messages.append(edxml.read(data))
                    papers += [(member.name, member.data, given) for member in packages.carried(data)]
                except (UnreadableEnvelope, BadPackage) as error:
                    failed.append((name, error))
        except BadPackage as error:
            failed.append((given.name, error))
    if failed and not papers:
        raise failed[0][1]
    envelopes = {given.sha256 for given in files if edxml.is_edxml(given.data)}
    beside = {data for _, data, given in papers if given.sha256 not in envelopes}
    kept = tuple(paper for paper in papers if paper[2].sha256 not in envelopes or paper[1] not in beside)
    return _Opened(kept, messages[0] if messages else None, tuple(_unused(name, error) for name, error in failed))


def _members(given: Given) -> Iterator[tuple[str, bytes]]:
    if not packages.is_package(given.data):
        yield given.name, given.data
        return
    for member in packages.unpack(given.data):
        yield member.name, member.data


def _read(name: str, data: bytes, origin: Given, beside: Beside) -> _Paper | _Failed:
    try:
        return _Paper(name, origin, read_file(data, name, beside))
    except SecretDocument:
        raise
    except DispatchError as error:
        return _Failed(name, origin, error.problem())


def _covering(papers: Sequence[_Paper], envelope: Envelope | None) -> _Paper:
    """The dispatch itself: the one that the envelope announces, else one with a number and symbol, letters first, the surest text first."""

    def rank(paper: _Paper) -> tuple[int, ...]:
        dispatch = paper.dispatch
        main, kind = dispatch.main, value_of(dispatch.main.type)
        announced_one = envelope is not None and _announces(envelope, dispatch)
        signed = any(one.status in ("valid", "untrusted") for one in dispatch.source.signatures)
        return (
            not announced_one,
            not _stands(dispatch),
            not main.addressees and not (kind is not None and kind.code == "CV"),
            not all(identity_of(main)),
            _TEXT_ORDER.index(dispatch.source.text),
            not signed,
        )

    return min(papers, key=rank)  # the first of equals, by the order of the names


def _announces(envelope: Envelope, dispatch: Dispatch) -> bool:
    """True when nothing of the envelope contradicts the paper and its symbol is the paper's."""
    symbol = value_of(dispatch.main.symbol)
    return symbol is not None and compare(dispatch.main, envelope).belongs and symbol.casefold() == envelope.symbol.casefold()


def _stands(dispatch: Dispatch) -> bool:
    """True for a paper with a number or symbol of its own: it is no mere appendix."""
    return value_of(dispatch.main.symbol) is not None or value_of(dispatch.main.number) is not None


class _Sorter:
    """Tells what goes with the dispatch."""

    def __init__(self, main: _Paper, opened: _Opened, *, together: bool) -> None:
        self._main, self._opened, self._together = main, opened, together
        self._dispatch = self._with_envelope(main)
        self._same: list[_Part] = []
        self._attached: list[_Paper] = []
        self._unread: list[_Part] = []
        self._apart: list[_Part] = []

    def _with_envelope(self, paper: _Paper) -> Dispatch:
        return with_envelope(paper.dispatch, self._opened.envelope) if self._opened.envelope else paper.dispatch

    def _sort(self, paper: _Paper) -> None:
        own = identity_of(self._dispatch.main)
        if all(own) and identity_of(self._with_envelope(paper).main) == own:
            self._same.append(paper)
        elif self._together and not _stands(paper.dispatch):
            self._attached.append(paper)
        else:
            self._apart.append(paper)

    def result(self, files: Sequence[Given], others: Sequence[_Paper], failed: Sequence[_Failed]) -> CaseRead:
        """Return the dispatch with what is attached, and which dropped files go with it."""
        for paper in others:
            self._sort(paper)
        for one in failed:
            (self._unread if self._together or one.packed else self._apart).append(one)
        apart = {part.origin.sha256 for part in self._apart if not part.packed}
        companions = tuple(given.sha256 for given in files if given.sha256 not in apart | {self._main.origin.sha256})
        source = replace(self._dispatch.source, name=self._shown_name(), sha256=self._main.origin.sha256)
        documents = (*self._dispatch.documents, *self._attachments())
        problems = (*self._dispatch.problems, *self._attached_problems(), *self._opened.problems, *self._told())
        reading = replace(self._main.reading, dispatch=Dispatch(source, documents, problems))
        return CaseRead(reading, self._main.origin.sha256, companions)

    def _shown_name(self) -> str:
        return f"{self._main.origin.name}/{self._main.name}" if self._main.packed else self._main.name

    def _attachments(self) -> Iterator[Document]:
        for paper in self._attached:
            for document in paper.dispatch.documents:
                yield replace(_without_places(document), role=DocumentRole.ATTACHMENT, pages=())

    def _attached_problems(self) -> Iterator[Problem]:
        for paper in self._attached:
            for problem in paper.dispatch.problems:
                if problem.code not in _OWN_LETTERHEAD:
                    yield problem

    def _told(self) -> Iterator[Problem]:
        """What the reviewer must know of the other files."""
        parts = []
        if self._same:
            parts.append(f"cùng văn bản: {_names(self._same)}")
        if self._attached:
            parts.append(f"tệp kèm theo: {_names(self._attached)}")
        if parts:
            message = f"Văn bản gồm nhiều tệp ({'; '.join(parts)})."
            yield Problem("I239", message, Severity.INFO, "", "Hãy mở các tệp này trong thư mục lưu bản gốc khi cần đối chiếu.")
        if self._unread:
            remedy = "Hãy mở các tệp này trong thư mục lưu bản gốc để xem có giao nhiệm vụ không."
            yield Problem("W239", "Có tệp kèm theo không đọc được.", Severity.WARNING, _names(self._unread), remedy)
        packed = [paper for paper in self._apart if paper.packed]
        if packed:
            message = "Trong gói (zip, edXML) còn văn bản khác chưa được xử lý."
            yield Problem("W238", message, Severity.WARNING, _names(packed), "Hãy giải nén và đưa các văn bản này vào riêng.")
        loose = [paper for paper in self._apart if not paper.packed]
        if loose:
            message = "Có tệp đi cùng nhưng không đủ căn cứ là cùng văn bản nên xử lý riêng."
            yield Problem("I238", message, Severity.INFO, _names(loose), "Hãy đối chiếu; nếu là cùng văn bản, chỉ dùng một dự thảo.")


def _without_places(value: T) -> T:
    """The value with quotes that name no place: pages and boxes of an attachment would point into the dispatch's own file."""
    if isinstance(value, Evidence):
        return cast("T", replace(value, page=None, box=None, paragraph=None))
    if isinstance(value, tuple):
        return cast("T", tuple(_without_places(one) for one in value))
    if is_dataclass(value) and not isinstance(value, type):
        return cast("T", replace(value, **{one.name: _without_places(getattr(value, one.name)) for one in fields(value)}))
    return value


def _names(papers: Sequence[_Part]) -> str:
    names = [paper.name for paper in papers]
    return ", ".join(names[:_SHOWN]) + (f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else "")


def _unused(name: str, error: DispatchError) -> Problem:
    message = f"Tệp đi kèm {name} không dùng được: {error.message}"
    return Problem("W237", message, Severity.WARNING, "", "Văn bản vẫn được xử lý; hãy kiểm tra tệp này.")
