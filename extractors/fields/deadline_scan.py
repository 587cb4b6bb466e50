"""From a folded text to its time expressions: cue words, then hours, then one shape of the grammar.

[định kỳ] [trước | chậm nhất | đến hết | trong thời hạn | từ … đến …] [17h00[, ]] [thứ Sáu | ngày … | tháng … | quý … | hằng …]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.fields import deadline_days, deadline_periods, deadline_recurring, deadline_relative, deadline_standing
from extractors.fields.dates import CLOCK, DAY, DAY_MONTH, FULL_DATE, MONTH, YEAR, parse_clock
from extractors.fields.deadline_model import Bound, Calendar, Candidate, Clock, Form, Frame, Rule, Shape, shape_pattern
from extractors.fields.deadline_recurring import QUARTER, SEP, WEEKDAY

_CUE = shape_pattern(
    r"(?:(?P<regular>định kỳ)"
    r"|(?P<cutoff>(?:tính|chốt|lũy kế|cộng dồn)(?: số liệu)? (?:đến|tới)(?: hết)?)"
    r"|(?P<start>(?:kể từ|tính từ|bắt đầu từ|bắt đầu|từ)(?: sau)?)"
    r"|(?P<by>(?:chậm|muộn|trễ) nhất|không (?:được )?(?:chậm|muộn|trễ)(?: (?:hơn|quá))?|(?:thời )?hạn (?:cuối(?: cùng)?|chót))"
    r"|(?P<limit>không (?:được )?quá|tối đa)"
    r"|(?P<before>trước)"
    r"|(?P<until>(?:cho |kéo dài )?(?:đến|tới))"
    r"|(?P<end>hết)"
    r"|(?P<within>(?:ngay |nội )?trong)"
    r"|(?P<term>thời hạn|thời gian|khoảng thời gian|vòng|khoảng)"
    r"|(?P<on>vào(?: lúc| hồi)?|lúc|hồi)"
    r"|(?P<after>sau)"
    r"|(?P<link>là|ngay))(?:~:~| |(?<=nhất)~,~|(?<=kỳ)~,~|(?<=chót)~,~)"
)
_CUE_LENGTH = 6  # words; "định kỳ chậm nhất là trước hết" is already too long
_FOLLOWING = {"link", "term"}  # words that only carry on a cue: "chậm nhất là", "trong thời hạn"
_BOUNDS = (
    ("cutoff", Bound.CUTOFF), ("start", Bound.START), ("before", Bound.BEFORE), ("by", Bound.BY), ("limit", Bound.BY),
    ("after", Bound.AFTER), ("until", Bound.UNTIL), ("end", Bound.UNTIL), ("within", Bound.WITHIN), ("on", Bound.ON),
)  # fmt: skip
"""What decides when several cues stand together ("chậm nhất trước" excludes, "chậm nhất sau" is a term)."""

_CLOCKS = shape_pattern(rf"(?P<clocks>{CLOCK}(?:{SEP}(?:trước )?{CLOCK}){{0,11}})(?:~,~| của |~\(| )?")
_CLOCK = re.compile(CLOCK)
_DAY_END = shape_pattern(r"(?:cuối giờ(?: chiều| làm việc| hành chính)|(?:khi )?hết giờ (?:làm việc|hành chính)) ?")
_OFFICE_CLOSES = (17, 0)  # "cuối giờ chiều"; the printed words stay in the text for the reviewer
_RANGE = shape_pattern(
    rf"(?:{CLOCK}~,?~)?(?:{WEEKDAY}~,?~)?(?:ngày~)?"
    rf"(?:{FULL_DATE}|{DAY_MONTH}|(?:đầu |giữa |cuối )?tháng~{MONTH}(?:(?:~/~| năm ){YEAR})?"
    rf"|{QUARTER}~(?:iii|iv|ii|i|[1-4])(?!\w)(?:(?:~/~| năm ){YEAR})?"
    rf"|năm {YEAR}|{DAY}(?![\d/]))(?:~,)?~(?:cho )?(?:đến|tới|-)~(?:hết )?"
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def _by_start(*groups: Iterable[Shape]) -> dict[str, tuple[Shape, ...]]:
    table: dict[str, list[Shape]] = {}
    for group in groups:
        for shape in group:
            for start in dict.fromkeys(shape.starts):
                table.setdefault(start, []).append(shape)
    return {start: tuple(shapes) for start, shapes in table.items()}


_TERMS = _by_start(deadline_relative.SHAPES)
_BARE = _by_start(deadline_relative.BARE)
_DAYS = (
    *deadline_relative.NEXT_WORKING_DAY, *deadline_recurring.SHAPES, *deadline_days.SHAPES, *deadline_periods.WEEKDAY_SHAPES,
    *deadline_recurring.LOOSE_SHAPES, *deadline_periods.SHAPES, *deadline_standing.SHAPES,
)  # fmt: skip
_TIMES = _by_start(_DAYS)
_CELL_TIMES = _by_start(deadline_recurring.CELL_SHAPES, _DAYS, deadline_periods.CELL_SHAPES)
_CUE_STARTS = frozenset(
    {"định", "tính", "chốt", "lũy", "cộng", "kể", "bắt", "từ", "chậm", "muộn", "trễ", "không", "thời", "hạn", "tối", "trước", "cho", "kéo"}
    | {"đến", "tới", "hết", "ngay", "nội", "trong", "vào", "lúc", "hồi", "sau"}
)
_TIME_STARTS = {"khi", "hết"} | set(_CELL_TIMES) | set(_TERMS)
_STARTS = _CUE_STARTS | _TIME_STARTS


@dataclass(frozen=True)
class Cue:
    """The words before a time: what they make of it, and where the time itself begins."""

    bound: Bound
    end: int
    names: frozenset[str] = frozenset()


def scan(key: str, calendar: Calendar, *, cell: bool = False) -> Iterator[Candidate]:
    """Yield the time expressions of a folded text in reading order, none overlapping another."""
    cursor = 0
    for word in _WORDS.finditer(key):
        start = word.start()
        if start < cursor or not _begins(key, word):
            continue
        found = _at(key, start, calendar, cell=cell)
        if found is not None and found.end > start:
            yield found
            cursor = found.end


def _begins(key: str, word: re.Match[str]) -> bool:
    if word[0][0].isdigit():
        return word.start() == 0 or key[word.start() - 1] not in "/.,:-"
    return word[0] in _STARTS


def _at(key: str, start: int, calendar: Calendar, *, cell: bool) -> Candidate | None:
    if key.startswith(("định", "theo"), start):
        found = _first(_TIMES, key, start, Frame(key, start, Bound.NONE, calendar))
        if found is not None:
            return found
    cue = read_cue(key, start)
    if not _time_may_begin(key, cue.end):
        return None
    bound = Bound.RANGE if "range" in cue.names else cue.bound
    frame = Frame(key, start, bound, calendar, whole_period="end" in cue.names, term=not cue.names.isdisjoint(("term", "limit")))
    found = _first(_TERMS, key, cue.end, frame) or _timed(key, cue.end, frame, cell=cell)
    if found is None:
        return None
    if frame.whole_period or "cuối" in key[start : found.end]:
        found = replace(found, ended=True)
    return _regular(found, key) if "regular" in cue.names else found


def _time_may_begin(key: str, pos: int) -> bool:
    """A cheap look at the next word: most "trong", "đến", "không" stand before no time."""
    word = _WORDS.match(key, pos)
    return word is not None and (word[0][0].isdigit() or word[0] in _TIME_STARTS)


def _regular(found: Candidate, key: str) -> Candidate:
    """Place "định kỳ": it belongs to a recurring time; before any other it is an adverb of the verb."""
    if found.form in {Form.RECURRING, Form.FREQUENCY, Form.LOOSE, Form.YEARLESS}:
        return replace(found, strong=True)
    after = key.index("kỳ", found.start) + 2
    return replace(found, start=after + len(key[after:]) - len(key[after:].lstrip(" ,")))


def read_cue(key: str, start: int) -> Cue:
    """Return the cue words that begin here; a range ("từ ngày 10 đến") is read up to its end."""
    names: list[str] = []
    pos = start
    while len(names) < _CUE_LENGTH and (match := _CUE.match(key, pos)) and (names or match.lastgroup not in _FOLLOWING):
        names.append(match.lastgroup or "")
        pos = match.end()
    opened = _RANGE.match(key, pos) if not names or "start" in names or "within" in names else None
    if opened:
        names.append("range")
        pos = opened.end()
    bound = next((bound for name, bound in _BOUNDS if name in names), Bound.NONE)
    return Cue(bound, pos, frozenset(names))


def _timed(key: str, pos: int, frame: Frame, *, cell: bool) -> Candidate | None:
    clocks, after = _clocks(key, pos)
    table = _CELL_TIMES if cell else _TIMES
    found = _first(table, key, after, replace(frame, clocks=clocks) if clocks else frame)
    if found is not None:
        return found
    bare = None if clocks and not (frame.term or frame.bound is Bound.WITHIN) else _first(_BARE, key, pos, frame)
    if bare is not None or not clocks:
        return bare
    end = after - len(key[pos:after]) + len(key[pos:after].rstrip(" ,("))
    return Candidate(frame.start, end, Form.LOOSE, frame.bound, rule=Rule(("D",), clocks=clocks))


def _clocks(key: str, pos: int) -> tuple[tuple[Clock, ...], int]:
    match = _CLOCKS.match(key, pos)
    if match:
        parsed = (parse_clock(m[0]) for m in _CLOCK.finditer(match["clocks"]))
        return tuple(c for c in parsed if c), match.end()
    closing = _DAY_END.match(key, pos)
    return ((_OFFICE_CLOSES,), closing.end()) if closing else ((), pos)


def _first(table: dict[str, tuple[Shape, ...]], key: str, pos: int, frame: Frame) -> Candidate | None:
    word = _WORDS.match(key, pos)
    if word is None:
        return None
    for shape in table.get("#" if word[0][0].isdigit() else word[0], ()):
        match = shape.pattern.match(key, pos)
        found = shape.build(match, frame) if match else None
        if found is not None:
            return found
    return None
