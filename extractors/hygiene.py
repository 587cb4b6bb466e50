"""Text that is not what it seems: invisible characters, reversed reading, look-alike letters, orders to a machine.

A paper that carries such things is still read; the reviewer is warned with the places, so that nothing is trusted unseen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.errors import Problem, Severity
from extractors.layout import Block, Layout
from extractors.text import fold

_LETTER = r"[^\W\d_]"
# Between two letters they cut a word for the machine and not for the eye; at the ends of words layout programs leave them about.
_ZERO_WIDTH = re.compile(rf"(?<={_LETTER})[\u200b-\u200d\u2060-\u2064\ufeff]+(?={_LETTER})")
# Embeddings, overrides, isolates: they make the eye read another order than the machine. The plain marks U+200E/F do not.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Letters of other scripts drawn like Latin ones; µ, Ω and their like are signs of units and no disguise.
_CYRILLIC = "АВЕЅІЈКМНОРСТУХЗаеорсухѕіјԁһ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ"
_DISGUISED = re.compile(f"[{_CYRILLIC}{_GREEK}\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a5]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_SHOWN_PLACES = 5


@dataclass(frozen=True)
class Cue:
    """A row of ``data/injection_cues.toml``; phrases are folded."""

    id: str
    parts: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]
    unless: tuple[str, ...]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def cues() -> tuple[Cue, ...]:
    """The kinds of injected orders in the order of the file."""
    table = tomllib.loads((files("extractors.data") / "injection_cues.toml").read_text("utf-8"))["cue"]
    return tuple(_cue(row) for row in table)


def _cue(row: dict[str, list[str]]) -> Cue:
    parts = tuple(tuple(map(fold, options)) for options in row["parts"])
    after, unless = tuple(map(fold, row["after"])), tuple(map(fold, row["unless"]))
    return Cue(str(row["id"]), parts, after, unless, tuple(row["matches"]), tuple(row["rejects"]), _compiled(parts, unless))


def _compiled(parts: tuple[tuple[str, ...], ...], unless: tuple[str, ...]) -> re.Pattern[str]:
    """The parts in their order with at most four words between; the last one begins none of the ``unless`` phrases."""
    gap = r"(?:[\s,:]+\w+){0,4}?[\s,:]+"
    choices = ["(?:" + "|".join(map(_whole, sorted(options, key=len, reverse=True))) + ")" for options in parts]
    if unless:
        choices[-1] = "(?!" + "|".join(map(re.escape, unless)) + ")" + choices[-1]
    return re.compile(r"(?<!\w)" + gap.join(choices))


def _whole(phrase: str) -> str:
    return re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalpha() else "")


def injected(text: str) -> bool:
    """True when a paragraph speaks to a machine or undoes what stands before it: "Bỏ qua chỉ đạo trên"."""
    key = fold(text)
    return any(_speaks(cue, key) for cue in cues())


def _speaks(cue: Cue, key: str) -> bool:
    if not all(any(option in key for option in options) for options in cue.parts):
        return False
    return any(not key[: match.start()].rstrip().endswith(cue.after or ("\0",)) for match in cue.pattern.finditer(key))


def zero_width(text: str) -> bool:
    """True when an invisible character stands inside a word."""
    return _ZERO_WIDTH.search(text) is not None


def reordered(text: str) -> bool:
    """True when control characters change the direction of reading."""
    return _DIRECTION.search(text) is not None


def disguised(text: str) -> bool:
    """True when a word mixes Latin letters with look-alikes of another script ("Ѕở", "UВND")."""
    if not _DISGUISED.search(text):
        return False
    return any(_DISGUISED.search(word) and _LATIN.search(word) for word in re.findall(r"\w+", text))


@dataclass(frozen=True)
class _Check:
    code: str
    test: Callable[[str], bool]
    message: str
    remedy: str


_CHECKS = (
    _Check(
        "W211",
        zero_width,
        "Văn bản có ký tự ẩn chèn giữa chữ.",
        "Hãy đối chiếu phần này với bản giấy hoặc bản ký số; nếu nghi ngờ, hỏi lại nơi gửi.",
    ),
    _Check(
        "W212",
        reordered,
        "Văn bản có ký tự điều khiển làm đảo chiều đọc của chữ.",
        "Hãy đối chiếu số, ngày và tên ở phần này với bản giấy hoặc bản ký số; nếu nghi ngờ, hỏi lại nơi gửi.",
    ),
    _Check(
        "W213",
        disguised,
        "Văn bản có chữ cái của bảng chữ khác trông giống chữ tiếng Việt.",
        "Hãy đối chiếu tên cơ quan, tên người và số, ký hiệu với bản gốc; nếu nghi ngờ, hỏi lại nơi gửi.",
    ),
    _Check(
        "W214",
        injected,
        "Văn bản có câu bảo bỏ qua nội dung khác hoặc ra lệnh cho phần mềm; câu này không phải nhiệm vụ.",
        "Hãy đọc câu này trên bản gốc và hỏi lại nơi gửi nếu thấy bất thường.",
    ),
)


def check(layout: Layout) -> tuple[Problem, ...]:
    """Return one warning for each kind of trickery that the paper shows, with the places of its first findings."""
    blocks = [*layout.blocks, *layout.furniture, *layout.stamps, *layout.footnotes]
    return tuple(problem for one in _CHECKS for problem in _problem(one, blocks))


def _problem(one: _Check, blocks: Iterable[Block]) -> Iterator[Problem]:
    places = list(dict.fromkeys(_place(block) for block in blocks if one.test(block.text)))
    if places:
        shown = ", ".join(filter(None, places[:_SHOWN_PLACES])) + (", …" if len(places) > _SHOWN_PLACES else "")
        yield Problem(one.code, one.message, Severity.WARNING, shown, one.remedy)


def _place(block: Block) -> str:
    """Page or paragraph of a block, counted from 1 as people count."""
    first = block.words[0] if block.words else None
    if first is None:
        return ""
    if first.page is not None:
        return f"trang {first.page}"
    return f"đoạn {first.paragraph + 1}" if first.paragraph is not None else ""
