"""Whether a time in a duty's text is a deadline: its own cue, the words on its left, what follows.

A date near "thời hạn" is often none: a cited dispatch's date, a story of an earlier order, the validity of a licence, a data cut-off, the
hour of a meeting, an attribute ("kế hoạch hằng năm").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from extractors.fields.dates import find_dates
from extractors.fields.deadline_model import Bound, Candidate, Form
from extractors.text import fold

_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)")
_FULL_STOP = re.compile(r"[.!?](?=\s|$)")
_CLAUSE_END = re.compile(r"\s*(?:$|[.;,):]|\./|(?:để|và|theo|phải|nhằm|trên cơ sở|đối với)(?!\w))")
_TOLD_AFTER = re.compile(r"[^.;]*\b(?:nhưng|tuy nhiên|song|đến nay|mới có|chưa)\b")
_PAST_FACT = re.compile(
    r"\s*,?\s*(?:đã|có|xảy ra|ghi nhận|đạt|đoàn|toàn (?:tỉnh|huyện|xã|thành phố|quốc)|cả nước|trên địa bàn (?!\w+ phải))\b"
)
_MEETING = re.compile(r"(?<!\w)(?:tại|trong)\s(?:các\s)?(?:cuộc họp|hội nghị|phiên họp|buổi|kỳ họp|giao ban)[^,;.]{0,40}$")
_AT_MOST = re.compile(r"(?:không quá|tối đa|nhiều nhất|chỉ)\s*$")
_STANDS = re.compile(r"(?:thực hiện|triển khai|duy trì|tiến hành|thời gian|thời hạn|tiến độ)\s?:?\s*$|\(\s*$")
_FINISHES = re.compile(r"(?<!\w)(?:hoàn thành|xong|kết thúc|bàn giao)(?:\s[^,;.]{1,60})?\s*$")
_EXCEEDED = re.compile(r"(?<!không)(?<!không được)\s(?:quá|hơn|đủ|được|thêm)\s*$")
_MUST = re.compile(r"(?:phải|cần|để)\s(?:được\s)?\w+\s?\w*\s*$")
_REPORTS = re.compile(r"(?<!\w)(?:báo cáo|gửi|trình)\s[^,;.]{3,80}$")
_PROGRAM_YEARS = re.compile(r"giai đoạn")
_ALREADY = re.compile(r"(?<!\w)đã(?!\w)")
_NEAR = 60  # characters in which a noun still governs a time
_SEEN_BEFORE = 600  # characters looked back for the sentence's beginning


@dataclass(frozen=True)
class Setting:
    """The surroundings of a time, folded: the sentence and the clause before it, its own words, what follows."""

    sentence: str
    clause: str
    words: str
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
    before = key[max(0, found.start - _SEEN_BEFORE) : found.start]
    sentence = before[_last_end(_SENTENCE_END, before) :]
    clause = re.split(r"[,:(]", sentence)[-1]
    return Setting(sentence, clause, key[found.start : found.end], key[found.end : found.end + 120], issued)


def _last_end(pattern: re.Pattern[str], key: str) -> int:
    return max((m.end() for m in pattern.finditer(key)), default=0)


def is_deadline(found: Candidate, place: Setting) -> bool:
    """Tell whether the time is a deadline here."""
    if not found.readings or found.bound in {Bound.START, Bound.CUTOFF}:
        return False
    if _about_something_else(found, place) or _narrated(found, place):
        return False
    return _FORMS[found.form](found, place)


_LATEST = ("chậm nhất", "muộn nhất", "không muộn", "không quá ngày", "xong trước", "hoàn thành trước")


def _about_something_else(found: Candidate, place: Setting) -> bool:
    near = place.sentence[-_NEAR:]
    # A paper is valid "đến hết ngày …", never "chậm nhất ngày …": that is the deadline of what is done with it.
    if not place.words.startswith(_LATEST) and _pattern("validity", r"(?<!\w)@(?:[^,;.]{0,40})$").search(near):
        return True
    if _pattern("forecast", r"(?<!\w)@[^,;.]{0,50}$").search(near):
        return True
    return found.form is not Form.FREQUENCY and _is_cutoff(found, place, near)


def _is_cutoff(found: Candidate, place: Setting, near: str) -> bool:
    """Tell where figures end ("số liệu từ ngày 01/01 đến ngày 30/6", "chốt số liệu: ngày 25"); a range still to come is no such end."""
    if found.bound is Bound.UNTIL:
        return _pattern("cutoff", r"(?<!\w)@[^,;.]{0,40}$").search(near) is not None and not _headed(place)
    if found.bound is Bound.RANGE:
        first = next((d.whole for d in find_dates(place.words)), None)
        begun = place.issued is None or first is None or first < place.issued
        return begun and _pattern("cutoff", r"(?<!\w)@[^;.]{0,50}$").search(near) is not None
    return found.bound in {Bound.NONE, Bound.ON} and _pattern("cutoff-mark", r"(?<!\w)@[^,;.]{0,40}$").search(near) is not None


def _narrated(found: Candidate, place: Setting) -> bool:
    stories = list(_pattern("narrated", r"(?<!\w)@(?!\w)").finditer(place.sentence))
    if not stories:
        return False
    told = stories[-1]
    rest = place.sentence[told.end() :]
    if _pattern("participle", r"\s*@(?!\w)").match(rest):
        return False
    if _TOLD_AFTER.match(place.after) or _over(found, place):
        return True
    fresh = _pattern("order", r"[,;]\s*(?:[\w\s]{0,40}\s)?@(?!\w)").search(rest)
    return fresh is None


def _is_day(found: Candidate, place: Setting) -> bool:
    bound = found.bound
    if _long_over(found, place) or _is_fraction(found, place):
        return False
    if bound is Bound.BEFORE:
        return not _which_ones(place)
    if bound in {Bound.BY, Bound.WITHIN, Bound.UNTIL}:
        return not _over_and_told(found, place)
    if bound is Bound.RANGE:
        return not (_over(found, place) or _is_event(place) or _PAST_FACT.match(place.after))
    if bound is Bound.ON:
        return _has_result(place) and not _is_event(place)
    return bound is Bound.NONE and _headed(place)


def _is_fraction(found: Candidate, place: Setting) -> bool:
    """Tell a share ("đến 2/3 số hộ") from a day without a year, which "đến" takes only with "ngày" or "hết"."""
    return found.form is Form.YEARLESS and found.bound is Bound.UNTIL and not found.ended and "ngày" not in place.words


def _which_ones(place: Setting) -> bool:
    """Tell a day that says which ones are meant ("các hồ sơ phát sinh trước ngày X")."""
    if _pattern("happened", r"(?<!\w)@\s*$").search(place.clause) and not _MUST.search(place.clause):
        return True
    shape = r"(?:các|những|toàn bộ|số|đối với)\s[^,;:.]{2,60}(?<!và)(?<!để)(?<!phải)\s@\s*$"
    return _pattern("class-act", shape).search(place.clause) is not None


def _is_event(place: Setting) -> bool:
    return _pattern("event", r"(?<!\w)@(?!\w)[^,;.]{0,50}$").search(place.sentence[-_NEAR:]) is not None


def _over(found: Candidate, place: Setting) -> bool:
    issued = place.issued.isoformat() if place.issued else ""
    return all(reading.due is not None and reading.due[:10] < issued for reading in found.readings)


def _long_over(found: Candidate, place: Setting) -> bool:
    """More than a year before the dispatch: no slip of the year explains it, so it tells which things are meant."""
    limit = (place.issued - timedelta(days=366)).isoformat() if place.issued else ""
    return all(reading.due is not None and reading.due[:10] < limit for reading in found.readings)


def _over_and_told(found: Candidate, place: Setting) -> bool:
    return _over(found, place) and _ALREADY.search(place.sentence) is not None


def _headed(place: Setting) -> bool:
    return (
        _pattern("cue-head", r"(?<!\w)@(?:\s?:|\slà|\svào)?\s*$").search(place.sentence[-_NEAR:]) is not None
        and "đã" not in place.clause.split()
    )


def _is_period(found: Candidate, place: Setting) -> bool:
    if found.bound in {Bound.BEFORE, Bound.BY}:
        return not (found.bound is Bound.BEFORE and _which_ones(place))
    if found.bound is Bound.UNTIL:
        return (found.ended or (found.form is Form.PERIOD and _has_result(place))) and not _over(found, place)
    if found.bound is Bound.ON and _is_event(place):
        return False
    if found.bound in {Bound.WITHIN, Bound.RANGE, Bound.ON}:
        return not _describes(found, place)
    return found.bound is Bound.NONE and _headed(place)


def _describes(found: Candidate, place: Setting) -> bool:
    """Tell a period that describes ("nhiệm vụ trong năm 2025", "trong tháng 8/2025, toàn huyện có …")."""
    if _pattern("program", r"(?<!\w)@\s*$").search(place.clause) or _PAST_FACT.match(place.after):
        return True
    if _ALREADY.search(place.clause) or _over(found, place):
        return True
    if found.bound is Bound.RANGE and _is_event(place):
        return True
    if _PROGRAM_YEARS.search(place.words):
        return True
    return found.form is Form.YEAR and not (_CLAUSE_END.match(place.after) and _has_result(place))


def _has_result(place: Setting) -> bool:
    return _pattern("cue-result", r"(?<!\w)@(?!\w)").search(place.clause) is not None


def _is_recurring(found: Candidate, place: Setting) -> bool:
    if found.bound in {Bound.NONE, Bound.ON} and _is_event(place) and not place.words.startswith("định kỳ"):
        return False
    if not found.strong and not _headed(place):
        described = _pattern("attributive", r"(?<!\w)@\s*$").search(place.clause)
        return not described and _CLAUSE_END.match(place.after) is not None and _has_result(place)
    return not _AT_MOST.search(place.clause)


def _is_frequency(found: Candidate, place: Setting) -> bool:
    if _MEETING.search(place.sentence) or found.bound is Bound.BY:  # "không quá 01 lần/năm"
        return False
    if found.strong:
        return not _AT_MOST.search(place.clause)
    if not place.sentence.strip(" -+(") or (place.sentence.rstrip().endswith((",", ":")) and re.match(r"\s*,", place.after)):
        return True
    if _pattern("attributive", r"(?<!\w)@\s*$").search(place.clause):
        return False
    if not _CLAUSE_END.match(place.after):
        return False
    maintained = _pattern("cue-maintained", r"^[\s+\-]*@\s[^,;.]{2,80}$").search(place.clause)
    return maintained is not None or _pattern("cue-repeated", r"(?<!\w)@\s*$").search(place.clause) is not None or _reports(place)


def _reports(place: Setting) -> bool:
    return _REPORTS.search(place.clause) is not None


def _is_relative(found: Candidate, place: Setting) -> bool:
    if _EXCEEDED.search(place.clause):
        return False
    if found.strong:
        return True
    if found.bound in {Bound.NONE, Bound.AFTER, Bound.START, Bound.UNTIL, Bound.ON, Bound.RANGE}:
        return False
    working = any(reading.unit == "working_day" for reading in found.readings)
    return working or (_CLAUSE_END.match(place.after) is not None)


def _is_standing(_found: Candidate, place: Setting) -> bool:
    if not re.match(r"\s*(?:$|[.;)]|\./)", place.after):
        return False
    return _STANDS.search(place.sentence) is not None


def _is_dateless(found: Candidate, place: Setting) -> bool:
    return _FINISHES.search(place.clause) is not None or found.bound is Bound.BY


def _never(_found: Candidate, _place: Setting) -> bool:
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
