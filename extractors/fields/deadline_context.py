"""Whether a time in a duty's text is a deadline: its own cue, the words on its left, what follows.

A date near "thời hạn" is often none: a cited dispatch's date, a story of an earlier order, the validity of a licence, a data cut-off, the
hour of a meeting, an attribute ("kế hoạch hằng năm").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from extractors.fields.deadline_model import Bound, Candidate, Form
from extractors.text import fold

_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)")
_FULL_STOP = re.compile(r"[.!?](?=\s|$)")
_CLAUSE_END = re.compile(r"\s*(?:$|[.;,):]|\./|(?:để|và|theo|phải|nhằm|trên cơ sở|đối với)(?!\w))")
_TOLD_AFTER = re.compile(r"[^.;]*\b(?:nhưng|tuy nhiên|song|đến nay|mới có|chưa)\b")
_PAST_FACT = re.compile(r"\s*,?\s*(?:đã|có|xảy ra|ghi nhận|đạt|đoàn|toàn (?:tỉnh|huyện|xã|thành phố|quốc)|cả nước|trên địa bàn (?!\w+ phải))\b")
_NEAR = 60


@dataclass(frozen=True)
class Setting:
    """The surroundings of a time: the sentence before it, the clause before it, what follows; all folded."""

    sentence: str
    clause: str
    after: str
    issued: date | None


@cache
def words(list_id: str) -> tuple[str, ...]:
    """Return a list of the vocabulary, folded."""
    data = tomllib.loads(files("extractors.data").joinpath("deadline_words.toml").read_text("utf-8"))
    lists = {row["id"]: tuple(fold(p) for p in row["phrases"]) for row in data["words"]}
    return lists[list_id]


def _any_of(list_id: str) -> str:
    longest_first = sorted(words(list_id), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s") for p in longest_first) + ")"


@cache
def _pattern(list_id: str, shape: str) -> re.Pattern[str]:
    """Compile a shape in which "@" stands for the words of a list; "$" ends where the time begins."""
    return re.compile(shape.replace("@", _any_of(list_id)))


def setting(key: str, found: Candidate, issued: date | None) -> Setting:
    """Return the surroundings of a time in a folded text."""
    sentence = key[_last_end(_SENTENCE_END, key, found.start) : found.start]
    clause = re.split(r"[,:(]", sentence)[-1]
    return Setting(sentence, clause, key[found.end : found.end + 120], issued)


def _last_end(pattern: re.Pattern[str], key: str, stop: int) -> int:
    return max((m.end() for m in pattern.finditer(key, 0, stop)), default=0)


def is_deadline(found: Candidate, place: Setting) -> bool:
    """Tell whether the time is a deadline here."""
    if not found.readings or found.bound in {Bound.START, Bound.CUTOFF}:
        return False
    if _about_something_else(found, place) or _narrated(found, place):
        return False
    return _FORMS[found.form](found, place)


def _about_something_else(found: Candidate, place: Setting) -> bool:
    near = place.sentence[-_NEAR:]
    if _pattern("validity", r"(?<!\w)@(?:[^,;.]{0,40})$").search(near):
        return True
    if _pattern("forecast", r"(?<!\w)@[^,;.]{0,50}$").search(near):
        return True
    if found.bound in {Bound.UNTIL, Bound.RANGE, Bound.NONE, Bound.ON} and found.form is not Form.FREQUENCY:
        return _pattern("cutoff", r"(?<!\w)@[^,;.]{0,40}$").search(near) is not None and not _pattern("cue-head", r"@\s?:?\s?$").search(near)
    return False


def _narrated(found: Candidate, place: Setting) -> bool:
    told = None
    for told in _pattern("narrated", r"(?<!\w)@(?!\w)").finditer(place.sentence):
        pass
    if told is None:
        return False
    rest = place.sentence[told.end() :]
    if _pattern("participle", r"\s*@(?!\w)").match(rest):
        return False
    if _TOLD_AFTER.match(place.after):
        return True
    fresh = _pattern("order", r"[,;]\s*(?:[\w\s]{0,40}\s)?@(?!\w)").search(rest)
    return fresh is None


def _is_day(found: Candidate, place: Setting) -> bool:
    bound = found.bound
    if bound is Bound.BEFORE:
        return not _which_ones(place)
    if bound in {Bound.BY, Bound.WITHIN, Bound.UNTIL}:
        return not _over_and_told(found, place)
    if bound is Bound.RANGE:
        return not _over_and_told(found, place) and not _is_event(place) and not _over(found, place)
    if bound is Bound.ON:
        return _has_result(place) and not _is_event(place)
    return bound is Bound.NONE and _headed(place)


def _which_ones(place: Setting) -> bool:
    """"các hồ sơ phát sinh trước ngày X": the day tells which ones are meant."""
    if _pattern("happened", r"(?<!\w)@\s*$").search(place.clause) and not re.search(r"(?:phải|cần|để)\s(?:được\s)?\w+\s?\w*\s*$", place.clause):
        return True
    shape = r"(?:các|những|toàn bộ|số|đối với)\s[^,;:.]{2,60}(?<!và)(?<!để)(?<!phải)\s@\s*$"
    return _pattern("class-act", shape).search(place.clause) is not None


def _is_event(place: Setting) -> bool:
    return _pattern("event", r"(?<!\w)@(?!\w)[^,;.]{0,50}$").search(place.sentence[-_NEAR:]) is not None


def _over(found: Candidate, place: Setting) -> bool:
    issued = place.issued.isoformat() if place.issued else ""
    return all(reading.due is not None and reading.due[:10] < issued for reading in found.readings)


def _over_and_told(found: Candidate, place: Setting) -> bool:
    return _over(found, place) and re.search(r"(?<!\w)đã(?!\w)", place.sentence) is not None


def _headed(place: Setting) -> bool:
    return _pattern("cue-head", r"(?<!\w)@(?:\s?:|\slà|\svào)?\s*$").search(place.sentence[-_NEAR:]) is not None and "đã" not in place.clause.split()


def _is_period(found: Candidate, place: Setting) -> bool:
    if found.bound in {Bound.BEFORE, Bound.BY}:
        return not (found.bound is Bound.BEFORE and _which_ones(place))
    if found.bound is Bound.UNTIL:
        return (found.ended or (found.form is Form.PERIOD and _has_result(place))) and not _over(found, place)
    if found.bound in {Bound.WITHIN, Bound.RANGE, Bound.ON}:
        return not _describes(found, place)
    return found.bound is Bound.NONE and _headed(place)


def _describes(found: Candidate, place: Setting) -> bool:
    """"nhiệm vụ trong năm 2025", "trong tháng 8/2025, toàn huyện có …": the period describes, it does not bind."""
    if _pattern("program", r"(?<!\w)@\s*$").search(place.clause) or _PAST_FACT.match(place.after):
        return True
    if re.search(r"(?<!\w)đã(?!\w)", place.clause) or (_over(found, place)):
        return True
    if found.bound is Bound.RANGE and _is_event(place):
        return True
    return found.form is Form.YEAR and not (_CLAUSE_END.match(place.after) and _has_result(place))


def _has_result(place: Setting) -> bool:
    return _pattern("cue-result", r"(?<!\w)@(?!\w)").search(place.clause) is not None


def _is_recurring(found: Candidate, place: Setting) -> bool:
    if found.bound in {Bound.NONE, Bound.ON} and _is_event(place):
        return False
    return not re.search(r"(?:không quá|tối đa)\s*$", place.clause)


def _is_frequency(found: Candidate, place: Setting) -> bool:
    if re.search(r"(?<!\w)(?:tại|trong)\s(?:các\s)?(?:cuộc họp|hội nghị|phiên họp|buổi|kỳ họp|giao ban)[^,;.]{0,40}$", place.sentence):
        return False
    if found.strong:
        return not re.search(r"(?:không quá|tối đa|nhiều nhất|chỉ)\s*$", place.clause)
    if not place.sentence.strip(" -+(") or (place.sentence.rstrip().endswith((",", ":")) and re.match(r"\s*,", place.after)):
        return True
    if _pattern("attributive", r"(?<!\w)@\s*$").search(place.clause):
        return False
    if not _CLAUSE_END.match(place.after):
        return False
    return _pattern("cue-repeated", r"(?<!\w)@\s*$").search(place.clause) is not None or _reports(place)


def _reports(place: Setting) -> bool:
    return re.search(r"(?<!\w)(?:báo cáo|gửi|trình)\s[^,;.]{3,80}$", place.clause) is not None


def _is_relative(found: Candidate, place: Setting) -> bool:
    if re.search(r"(?<!không)(?<!không được)\s(?:quá|hơn|đủ|được|thêm)\s*$", place.clause):
        return False
    if found.strong:
        return True
    if found.bound in {Bound.NONE, Bound.AFTER, Bound.START, Bound.UNTIL, Bound.ON, Bound.RANGE}:
        return False
    working = any(reading.unit == "working_day" for reading in found.readings)
    return working or (_CLAUSE_END.match(place.after) is not None)


def _is_standing(found: Candidate, place: Setting) -> bool:
    if not re.match(r"\s*(?:$|[.;)]|\./)", place.after):
        return False
    return re.search(r"(?:thực hiện|triển khai|duy trì|tiến hành|thời gian|thời hạn|tiến độ)\s?:?\s*$|\(\s*$", place.sentence) is not None


def _is_dateless(found: Candidate, place: Setting) -> bool:
    return re.search(r"(?<!\w)(?:hoàn thành|xong|kết thúc|bàn giao)\s*$", place.clause) is not None or found.bound is Bound.BY


def _never(found: Candidate, place: Setting) -> bool:
    return False


_FORMS: dict[Form, Callable[[Candidate, Setting], bool]] = {
    Form.DAY: _is_day,
    Form.YEARLESS: _is_day,
    Form.PERIOD: _is_period,
    Form.YEAR: _is_period,
    Form.RECURRING: _is_recurring,
    Form.FREQUENCY: _is_frequency,
    Form.RELATIVE: _is_relative,
    Form.STANDING: _is_standing,
    Form.LOOSE: _is_day,
    Form.EVENT: _is_dateless,
    Form.REPORT: _never,
}
