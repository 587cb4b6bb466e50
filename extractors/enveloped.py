"""The envelope beside the paper ("đối chiếu phong bì edXML"): agreement is silent, conflict is shown, the paper wins for what it states.

A number or a day that the paper leaves blank is taken from the envelope where something else that both state vouches for it; it is
graded as inferred, and its evidence says that it is the envelope's. A due date of the transport is shown and never becomes a deadline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from extractors.day_words import short_date
from extractors.dispatch import Document, Succession, SuccessionKind, Urgency
from extractors.envelope import Cited, Envelope, Relation, RelationKind
from extractors.errors import Problem, Severity
from extractors.evidence import Evidence, Found, Grade, Missing, Reason, Value, value_of
from extractors.signed import fits
from extractors.text import fold, squeeze

T = TypeVar("T")
_SAME_SUBJECT = 0.6
"""Share of the words of the shorter subject that the longer one holds as well; senders shorten and retype subjects."""
_URGENCY_WORDS = {Urgency.KHAN: "khẩn", Urgency.THUONG_KHAN: "thượng khẩn", Urgency.HOA_TOC: "hỏa tốc"}
_DONE_TO = {
    RelationKind.RECALLS: "thu hồi",
    RelationKind.UPDATES: "cập nhật",
    RelationKind.REPLACES: "thay thế",
    RelationKind.ANSWERS: "trả lời",
}
_SUCCESSIONS = {
    RelationKind.RECALLS: SuccessionKind.RECALLS,
    RelationKind.UPDATES: SuccessionKind.CORRECTS,
    RelationKind.REPLACES: SuccessionKind.REPLACES,
}


@dataclass(frozen=True)
class _Point:
    """One thing that paper and envelope may both say, in words."""

    name: str
    paper: str
    envelope: str
    same: bool
    vouches: bool = True
    """Agreement here shows that the envelope belongs to the paper."""

    @property
    def both(self) -> bool:
        return bool(self.paper and self.envelope)


@dataclass(frozen=True)
class Enveloped:
    """The document with what it may take from its envelope, and what the reviewer must know."""

    document: Document
    problems: tuple[Problem, ...] = ()
    belongs: bool = True
    """False when the envelope speaks of another document."""


def compare(document: Document, envelope: Envelope) -> Enveloped:
    """Hold a document against its envelope."""
    points = tuple(_points(document, envelope))
    differing = [point for point in points if point.both and not point.same]
    if _another(differing):
        return Enveloped(document, (_another_problem(document, envelope),), belongs=False)
    vouched = any(point.both and point.same and point.vouches for point in points)
    taken = _with_blanks(document, envelope, vouched)
    successions = dict.fromkeys((*document.successions, *_successions(envelope)))
    problems = (
        *_taken_problem(document, taken),
        *_conflicts(differing),
        *_additions(points),
        *_due(envelope),
        *(_relation(relation, envelope) for relation in envelope.relations),
    )
    return Enveloped(replace(taken, successions=tuple(successions)), problems)


def _points(document: Document, envelope: Envelope) -> Iterator[_Point]:
    number, symbol = value_of(document.number) or "", value_of(document.symbol) or ""
    yield _Point("số", number, envelope.number, _number(number) == _number(envelope.number), vouches=False)
    yield _Point("ký hiệu", symbol, envelope.symbol, _key(symbol) == _key(envelope.symbol))
    day = value_of(document.date)
    yield _Point("ngày ban hành", _shown(day), _shown(envelope.date), day == envelope.date)
    subject = value_of(document.subject) or ""
    yield _Point("trích yếu", subject, envelope.subject, _alike(subject, envelope.subject))
    urgency = _URGENCY_WORDS.get(document.urgency, "") if document.urgency else ""
    claimed = _URGENCY_WORDS[envelope.urgency] if envelope.urgency else ""
    yield _Point("độ khẩn", urgency, claimed, urgency == claimed, vouches=False)
    name = value_of(document.signer.name) or ""
    yield _Point("người ký", name, envelope.signer, _name(name) == _name(envelope.signer))


def _number(text: str) -> str:
    return fold("".join(text.split())).lstrip("0")


def _key(text: str) -> str:
    return fold("".join(text.split())).strip("/-.")


def _shown(day: date | None) -> str:
    return short_date(day) if day else ""


def _alike(one: str, other: str) -> bool:
    words, others = _words(one), _words(other)
    return len(words & others) >= _SAME_SUBJECT * min(len(words), len(others))


def _words(subject: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in fold(subject)).split()) - {"v", "về", "việc"}


def _name(text: str) -> str:
    """A person's name without a title before it ("TS. Trần Văn An")."""
    return fold(squeeze(text.rpartition(".")[2] if "." in text[:-1] else text))


def _another(differing: list[_Point]) -> bool:
    """Number and day, or number and symbol, both stated and both different: an envelope of another document."""
    names = {point.name for point in differing}
    return "số" in names and bool(names & {"ngày ban hành", "ký hiệu"})


def _another_problem(document: Document, envelope: Envelope) -> Problem:
    own = _title(value_of(document.reference) or value_of(document.symbol) or "không rõ", value_of(document.date))
    said = _title(envelope.reference or envelope.number, envelope.date)
    message = f"Phong bì edXML là của văn bản khác: phong bì ghi số {said}, văn bản ghi số {own}; phong bì không được dùng."
    return Problem("W235", message, Severity.WARNING, "", "Hãy kiểm tra lại phong bì đi kèm văn bản này.")


def _title(reference: str, day: date | None) -> str:
    return f"{reference} ngày {_shown(day)}" if day else reference


def _with_blanks(document: Document, envelope: Envelope, vouched: bool) -> Document:
    """The document with its blank number and day filled, or with the envelope's as candidates where nothing vouches for them."""
    number, reference, day = document.number, document.reference, document.date
    if isinstance(number, Missing) and envelope.number:
        symbol = value_of(document.symbol) or envelope.symbol
        number = _filled(number, envelope.number, envelope.number, vouched)
        if isinstance(reference, Missing) and symbol:
            reference = _filled(reference, f"{envelope.number}/{symbol}", envelope.number, vouched)
    if isinstance(day, Missing) and envelope.date is not None and _fits(document, envelope.date):
        day = _filled(day, envelope.date, _shown(envelope.date), vouched)
    return replace(document, number=number, reference=reference, date=day)


def _filled(missing: Missing, value: T, quoted: str, vouched: bool) -> Value[T]:
    if missing.reason is Reason.BLANK and vouched:
        return Found(value, (*missing.evidence, Evidence(f"Phong bì edXML: {quoted}", None, None, None, Grade.INFERRED)))
    offered = value.isoformat() if isinstance(value, date) else str(value)
    return replace(missing, candidates=tuple(dict.fromkeys((*missing.candidates, offered))))


def _fits(document: Document, day: date) -> bool:
    printed = document.date_printed
    return fits(day, printed.year, printed.month, printed.day)


def _taken_problem(before: Document, after: Document) -> Iterator[Problem]:
    values = (("số", after.number, before.number), ("ngày ban hành", after.date, before.date))
    taken = [(name, now.value) for name, now, then in values if isinstance(now, Found) and isinstance(then, Missing)]
    if taken:
        words = ", ".join(f"{name} {_shown(value) if isinstance(value, date) else value}" for name, value in taken)
        message = "Số hoặc ngày để trống trên văn bản được lấy theo phong bì edXML."
        yield Problem("I234", message, Severity.INFO, words, "Hãy đối chiếu với bản đã đóng dấu hoặc ký số.")


def _conflicts(differing: list[_Point]) -> Iterator[Problem]:
    if differing:
        words = "; ".join(f"{point.name}: văn bản ghi “{point.paper}”, phong bì ghi “{point.envelope}”" for point in differing)
        remedy = "Đã dùng điều văn bản ghi; hãy đối chiếu và hỏi lại nơi gửi nếu cần."
        yield Problem("W234", f"Phong bì edXML ghi khác văn bản: {words}.", Severity.WARNING, "", remedy)


def _additions(points: tuple[_Point, ...]) -> Iterator[Problem]:
    """What only the envelope says; a blank number and day are told of apart."""
    told = [point for point in points if point.envelope and not point.paper and point.name not in ("số", "ngày ban hành")]
    if told:
        words = "; ".join(f"{point.name} “{point.envelope}”" for point in told)
        yield Problem("I236", "Có điều chỉ phong bì edXML ghi, văn bản không ghi.", Severity.INFO, words, "Hãy đối chiếu với bản gốc.")


def _due(envelope: Envelope) -> Iterator[Problem]:
    if envelope.due is not None:
        message = "Phong bì edXML ghi hạn xử lý; đây là hạn do nơi gửi khai, không phải thời hạn trong văn bản."
        yield Problem("I235", message, Severity.INFO, f"hạn {_shown(envelope.due)}", "Hãy đối chiếu với thời hạn ghi trong văn bản.")


def _relation(relation: Relation, envelope: Envelope) -> Problem:
    target, reason = relation.target, f" (lý do: {relation.reason})" if relation.reason else ""
    if relation.kind is RelationKind.ANSWERS:
        message = f"Theo phong bì edXML, văn bản này trả lời văn bản số {_cited(target)}."
        return Problem("I237", message, Severity.INFO, "", "Hãy xem lại văn bản đi đó của cơ quan.")
    what = "chính văn bản này" if _itself(target, envelope) else f"văn bản số {_cited(target)}"
    message = f"Theo phong bì edXML, nơi gửi {_DONE_TO[relation.kind]} {what}{reason}."
    return Problem(
        "W236", message, Severity.WARNING, "", "Hãy xem dự thảo và việc đã giao theo văn bản trước, rồi dừng hoặc sửa cho phù hợp."
    )


def _successions(envelope: Envelope) -> Iterator[Succession]:
    """What it does to earlier documents, for our follow-up; the issuer is left to the paper, the transport has codes."""
    for relation in envelope.relations:
        if relation.kind in _SUCCESSIONS and not _itself(relation.target, envelope):
            yield Succession(_SUCCESSIONS[relation.kind], relation.target.reference, relation.target.date)


def _itself(target: Cited, envelope: Envelope) -> bool:
    return _key(target.reference) == _key(envelope.reference) and target.date in (None, envelope.date)


def _cited(cited: Cited) -> str:
    return _title(cited.reference, cited.date) + (f" của {cited.issuer}" if cited.issuer else "")


def announced(envelope: Envelope) -> str:
    """Return which document an envelope announces, in words; empty when it does not say."""
    parts = [_title(envelope.reference or envelope.number, envelope.date)] if envelope.number else []
    earlier = (one for one in envelope.relations if one.kind is not RelationKind.ANSWERS)
    done = [f"{_DONE_TO[one.kind]} văn bản số {_cited(one.target)}" for one in earlier]
    return "; ".join(parts + done)
