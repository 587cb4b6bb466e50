"""Misread words put right, only where a pattern vouches for it; what was changed is marked as repaired.

The witnesses: the shape of the number line ("Số: … /UBND-VP") and of the date line ("…, ngày … tháng … năm …") at the head of a page, the
same words elsewhere on the page, and what a Vietnamese syllable can be. Phrases with one spelling are in ``ocr_phrases``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout import Box, Word
from extractors.legacy.syllables import is_syllable
from extractors.readers.rows import Row, box_of, rows_of
from extractors.readers.scans.ocr_phrases import EDGES, bare, loose_key, spelled
from extractors.text import ascii_key, fold

HEAD = 0.40
"""Share of the page's height in which number and date lines stand."""
BLANK = "…"
"""Stands for what was written by hand: a place without a value, whose box shows the hand."""
_NUMBER_LABEL = re.compile(r"^[Ss][^\W\d]?[6o0]?\s*[:;.,]?(?P<rest>.*)$")
_DAY_LABEL = re.compile(r"^(?P<label>n[gq][aàáảãạdâ][yỳýỷỹv])(?P<rest>.*)$")


def head_lines(words: Sequence[Word], by_hand: Collection[int], height: float) -> tuple[Word, ...]:
    """Return the words, in rows, with the number and date lines of the head of a page put right.

    ``by_hand`` are the indices of words that are no print; between a label and its print they give way to a blank.
    """
    doubtful = {id(words[index]) for index in by_hand}
    marked = [replace(word, score=0.0) if id(word) in doubtful and box_of(word).bottom < HEAD * height else word for word in words]
    out: list[Word] = []
    for row in rows_of(marked):
        kept = row.words
        if row.box.bottom < HEAD * height:
            kept = _date_line(_number_line(kept))
        doubtful_row = kept is row.words
        out += _ordinal(_restored(row, words)) if doubtful_row else kept
    return tuple(out)


def _ordinal(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Put a row's leading "9," right to "9." before a capital: no sentence starts with a number and a comma."""
    if len(words) > 1 and re.fullmatch(r"\d{1,2},", words[0].text) and words[1].text[:1].isupper():
        return (replace(words[0], text=words[0].text[:-1] + ".", repaired=True), *words[1:])
    return words


def _restored(row: Row, words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a row that is neither number nor date line, with the scores they had."""
    scores = {(word.text, word.box): word.score for word in words}
    return tuple(replace(word, score=scores.get((word.text, word.box), word.score)) for word in row.words)


def _number_line(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Put "Số:" right before a symbol, and a blank where the number between them is no print."""
    symbol = next((i for i, word in enumerate(words) if "/" in word.text and re.search(r"[A-ZĐ]{2}", word.text)), None)
    if symbol is None or symbol > 4:
        return words
    match = _NUMBER_LABEL.match(words[0].text)
    if match is None or ascii_key(words[0].text)[:2] not in ("so", "s6", "s0", "s:"):
        return words
    label, rest = _cut(words[0], "Số:", match["rest"])
    if symbol:
        parts = _symbol(_capitals(words[symbol]))
        words = (*words[:symbol], *parts, *words[symbol + 1 :])
        symbol += len(parts) - 1
    between = [word for word in (*rest, *words[1:symbol]) if re.search(r"[\w…]", word.text) or (word.score or 0.0) == 0.0]
    return (label, *_filled(between, r"\d{1,5}[a-zA-Z]?"), *words[symbol:])


_LOST_CAPITAL_OF_SYMBOL = re.compile(r"(?<=[/-])[sckovwxzu](?=[A-ZĐ])")
"""Letters that look alike small and large; no part of a symbol begins with a small one before capitals."""


def _capitals(symbol: Word) -> Word:
    """The symbol with a first letter that was read small among capitals."""
    right = _LOST_CAPITAL_OF_SYMBOL.sub(lambda found: found[0].upper(), symbol.text)
    return symbol if right == symbol.text else replace(symbol, text=right, repaired=True)


def _symbol(word: Word) -> tuple[Word, ...]:
    """A symbol, for which its place behind "Số:" vouches; the strokes of a hand that were read as one word with it make way for a blank."""
    number, _, symbol = word.text.partition("/")
    if re.fullmatch(r"\d{1,6}[a-zA-Z]?", number) or not re.match(r"[\w&]+-[A-ZĐ]{2}", symbol):
        return (word,)
    sure = replace(word, score=max(word.score or 0.0, LABEL_SCORE))
    if not number:
        return (sure,)
    blank = replace(sure.part(0, len(number)), text=BLANK)
    return blank, replace(sure.part(len(number), len(word.text)), repaired=True)


def _date_line(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Put "ngày" right before "tháng", and a blank where the day between them is no print."""
    keys = [ascii_key(word.text) for word in words]
    month = next((i for i, key in enumerate(keys) if key == "thang"), None)
    if month is None or not any(re.match(r"nam|\d{4}", key) for key in keys[month + 1 :]):
        return words
    for index in range(max(month - 3, 0), month):
        match = _DAY_LABEL.match(words[index].text.lower())
        if match is not None and index > 0:
            label, rest = _cut(words[index], "ngày", match["rest"])
            day = _filled([*rest, *words[index + 1 : month]], r"\d{1,2}")
            return (*words[:index], label, *day, vouched(words[month], "tháng"), *words[month + 1 :])
    return words


def vouched(word: Word, label: str) -> Word:
    """Return the word as a label that its line's shape vouches for, or as itself where a second reading does."""
    return replace(word, text=label, score=max(word.score or 0.0, LABEL_SCORE), repaired=word.repaired or word.text != label)


def _cut(word: Word, label: str, rest: str) -> tuple[Word, list[Word]]:
    """Part a label from what was read as one word with it; the label stands there whatever follows, so its score is the line's."""
    box = box_of(word)
    middle = box.x0 + (box.x1 - box.x0) * (1 - len(rest) / max(len(word.text), 1))
    same = word.text == label or (word.text == label.rstrip(":") and not rest)
    first = replace(word, text=label, box=Box(box.x0, box.top, middle, box.bottom), repaired=not same, score=word.score or LABEL_SCORE)
    if not rest:
        return replace(first, score=max(first.score or 0.0, LABEL_SCORE)), []
    second = replace(word, text=rest, box=Box(middle, box.top, box.x1, box.bottom))
    return replace(first, score=max(first.score or 0.0, LABEL_SCORE)), [second]


LABEL_SCORE = 0.75
"""Of a label that its line's shape vouches for."""


def _filled(between: Sequence[Word], shape: str) -> tuple[Word, ...]:
    """The words between two labels when print of the right shape, else one blank in their place."""
    if not between:
        return ()
    if all((word.score or 0.0) >= DIGIT_SCORE and re.fullmatch(shape, word.text) for word in between):
        return tuple(between)
    boxes = [box_of(word) for word in between]
    box = Box(min(b.x0 for b in boxes), boxes[0].top, max(b.x1 for b in boxes), boxes[0].bottom)
    return (replace(between[0], text=BLANK, box=box, score=LABEL_SCORE, repaired=False),)


DIGIT_SCORE = 0.5
"""Score below which the digits of a number or a day are left blank: a wrong number is worse than none."""


def agreed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words, a doubtful one spelled as the page spells it elsewhere between the same two words, where that was read surely."""
    keys = [loose_key(bare(word.text)) for word in words]
    sure: dict[tuple[str, ...], str] = {}
    for index in range(1, len(words) - 1):
        if (words[index].score or 0.0) >= WITNESS_SCORE:
            sure.setdefault(tuple(keys[index - 1 : index + 2]), bare(words[index].text))
    out = list(words)
    for index in range(1, len(words) - 1):
        right = sure.get(tuple(keys[index - 1 : index + 2]))
        if right is not None and (words[index].score or 0.0) < DOUBTFUL_SCORE and right.isalpha():
            out[index] = spelled(words[index], right.lower() if right.istitle() else right)
    return tuple(out)


WITNESS_SCORE, DOUBTFUL_SCORE = 0.93, 0.80
"""Score from which a word is a witness for another one, and below which that one may be put right."""


def filed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words, with "VT" ("văn thư") put right behind "Lưu:", where nothing else that looks like it stands ("VI,", "V1,")."""
    out = list(words)
    for index, (before, word) in enumerate(pairwise(words), 1):
        match = _FILED.match(word.text)
        if match is not None and fold(before.text) in ("lưu", "lưu:") and match["read"] != "VT":
            out[index] = replace(word, text="VT" + match["after"], repaired=True)
    return tuple(out)


_FILED = re.compile(r"(?P<read>V[TIÌÍÏl1|†])(?P<after>[,.;:]*)$")


def syllables(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words, with an "l" or "1" that leaves no Vietnamese syllable put right to the "i" that makes one ("Glang", "g1ao")."""
    return tuple(map(_syllable, words))


def _syllable(word: Word) -> Word:
    match = EDGES.match(word.text)
    core = match["core"] if match else ""
    if match is None or len(core) < LEAST_SYLLABLE or not _I_READ_AS.search(core) or is_syllable(core):
        return word
    right = _I_READ_AS.sub("i", core)
    return replace(word, text=match["before"] + right + match["after"], repaired=True) if is_syllable(right) else word


LEAST_SYLLABLE = 3
"""Characters; shorter ones may be codes ("A1")."""
_I_READ_AS = re.compile(r"(?<=[^\W\d_])[l1|](?=[^\W\d_])")
