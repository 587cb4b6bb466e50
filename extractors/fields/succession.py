"""What a document does to earlier ones ("thu hồi", "thay thế", "đính chính", "sửa đổi, bổ sung"), by its subject and its own sentences.

Only an effect of this document itself counts: that a cited decree amended another one, or that somebody is told to recall a paper,
is none. A miss costs a hint, a wrong hit would send a clerk to a paper that is still in force: the patterns are narrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from extractors import doctypes
from extractors.dispatch import Succession, SuccessionKind
from extractors.fields.references import ReferenceMention, find, joined
from extractors.layout import Block
from extractors.text import body_key, fold

_VERBS = {
    "thu hồi": SuccessionKind.RECALLS,
    "hủy bỏ": SuccessionKind.RECALLS,
    "bãi bỏ": SuccessionKind.RECALLS,
    "thay thế": SuccessionKind.REPLACES,
    "đính chính": SuccessionKind.CORRECTS,
    "sửa đổi, bổ sung": SuccessionKind.SUPPLEMENTS,
    "sửa đổi": SuccessionKind.SUPPLEMENTS,
    "điều chỉnh, bổ sung": SuccessionKind.SUPPLEMENTS,
    "điều chỉnh": SuccessionKind.SUPPLEMENTS,
    "bổ sung": SuccessionKind.SUPPLEMENTS,
}
_PART = r"một phần|một số|nội dung|phụ lục|biểu|điều|khoản|điểm|mục|phần|thời gian|thời hạn|số liệu|thông tin|sai sót|trích yếu|ngày"
# What may stand between the verb and the type word of the cited document.
_GAP = rf"(?:[\s,]+(?:toàn bộ|hiệu lực|cho|của|tại|trong|các|những|và|văn bản|kèm theo|ban hành|{_PART}|\d+[a-zđ]?|[a-zđ]|[ivx]+))*"
_VERB = re.compile(rf"(?<!\w)(?P<verb>{'|'.join(sorted(_VERBS, key=len, reverse=True))})(?P<gap>{_GAP})[\s,]*$")
_IN_PART = re.compile(rf"(?<!\w)(?:{_PART})(?!\w)")
_SUBJECT = re.compile(r"(?:[^\d,;:]{0,30}?(?:v/v|về việc|về)\s*:?\s*)?(?:thông báo\s)?(?:việc\s)?")
_SENTENCE = re.compile(r"[.!?;]\s+")
_ARTICLE = re.compile(r"(?:điều \d+[.:]\s*)?(?:\d+[.)]\s*)?")
_OF_ITSELF = re.compile(
    r"(?:công văn|công điện|văn bản|quyết định|kế hoạch|thông báo|chỉ thị|hướng dẫn|quy định|nghị quyết|kết luận) này\s"
)
_OTHERS = re.compile(
    r"(?<!\w)(?:căn cứ|theo|thực hiện|được|bị|đã|đề nghị|yêu cầu|giao|nếu|khi|trường hợp|chưa|không|nhằm|để|sau|phải|có thể"
    r"|kiểm tra|rà soát|xem xét|tham mưu|đề xuất|trình|báo cáo|chỉ đạo|dự thảo|cần|sẽ)(?!\w)"
)

Accepts = Callable[[str], object]
"""Whether the words before the verb make it this document's own act."""


def collect(titles: Iterable[Block], body: Iterable[Block], issuer: str = "", issued: date | None = None) -> tuple[Succession, ...]:
    """Return the earlier documents that this one recalls, replaces, corrects or supplements, each once.

    Args:
        titles: subject and title.
        body: the paragraphs of the body.
        issuer: who issues this document, as its sentences name it ("UBND tỉnh thu hồi …").
        issued: the day of this document, for cited days without a year.
    """
    found: dict[tuple[str, date | None], Succession] = {}
    for block in titles:
        for one in _in(block.text, issued, _SUBJECT.fullmatch):
            found.setdefault((one.reference, one.date), one)
    own = body_key(issuer)
    for block in body:
        if any(verb in fold(block.text) for verb in _VERBS):
            for one in _in(block.text, issued, lambda lead: _own_act(lead, own)):
                found.setdefault((one.reference, one.date), one)
    return _without_repeats(found.values())


def _without_repeats(found: Iterable[Succession]) -> tuple[Succession, ...]:
    """A subject often cites without the day that the body states: the one that says more stays."""
    kept: dict[str, Succession] = {}
    out: list[Succession] = []
    for one in found:
        first = kept.setdefault(one.reference, one)
        if first is one:
            out.append(one)
        elif first.date is None and one.date is not None:
            out[out.index(first)] = kept[one.reference] = Succession(first.kind, one.reference, one.date, first.issuer or one.issuer)
        elif one.date is not None:
            out.append(one)
    return tuple(out)


def _in(text: str, issued: date | None, accepts: Accepts) -> Iterator[Succession]:
    key = fold(text)
    previous: ReferenceMention | None = None
    kind: SuccessionKind | None = None
    for mention in find(text, issued):
        listed = previous is not None and kind is not None and joined(key, previous.end, mention.start) is not None
        kind = kind if listed else _kind(key, mention.start, accepts)
        previous = mention
        if kind is not None:
            yield Succession(kind, mention.reference, mention.date, mention.issuer)


def _kind(key: str, start: int, accepts: Accepts) -> SuccessionKind | None:
    """What the words before a citation say that is done to it; None when nothing, or not by this document."""
    begin = max((match.end() for match in _SENTENCE.finditer(key, 0, start) if not _abbreviates(key, match)), default=0)
    words = key[begin:start].rstrip()
    words = words.removesuffix(":").removesuffix("số").rstrip()
    named = [word for word in doctypes.words_in(words, 0, len(words)) if word.end == len(words)]
    verb = _VERB.search(words[: min((word.start for word in named), default=len(words))])
    if verb is None or not accepts(words[: verb.start()]):
        return None
    kind = _VERBS[verb["verb"]]
    partly = _IN_PART.search(verb["gap"]) and kind in {SuccessionKind.RECALLS, SuccessionKind.REPLACES}
    return SuccessionKind.SUPPLEMENTS if partly else kind


def _abbreviates(key: str, match: re.Match[str]) -> bool:
    """True for the full stop of "Điều 2." and "1.": it ends no sentence."""
    return re.search(r"(?:^|\s)(?:điều )?\d{1,2}$", key[: match.start()]) is not None


def _own_act(lead: str, issuer: str) -> bool:
    """True when the words before the verb make it this document's own act."""
    article = _ARTICLE.match(lead)
    rest = lead[article.end() :] if article else lead
    if not rest:
        return lead.startswith("điều ")
    if _OTHERS.search(rest):
        return False
    itself = _OF_ITSELF.search(rest)
    if itself is not None and itself.start() <= 2:
        return True
    names = issuer.split()[:2]
    return len(names) == 2 and body_key(rest).split()[:2] == names and len(rest) < 100
