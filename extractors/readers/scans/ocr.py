"""Pages without text, read from their pictures: the same words with boxes as a text layer gives, each with its score.

A page is read in the frame of an upright, straight sheet of A4 size, so that rows and columns come out as on a printed page;
``Scan.view`` leads back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.layout import Box, Origin, Page, Word
from extractors.readers import page_threads
from extractors.readers.page_words import PageWords
from extractors.readers.pdf_render import A4_LONG_SIDE, Pages, Picture
from extractors.readers.pdf_rulings import Drawing
from extractors.readers.rows import rows_of
from extractors.readers.scans import (
    hand_lines,
    ocr_cells,
    ocr_closing,
    ocr_codes,
    ocr_doubtful,
    ocr_engine,
    ocr_glyphs,
    ocr_ink,
    ocr_items,
    ocr_lines,
    ocr_marks,
    ocr_missed,
    ocr_pages,
    ocr_phrases,
    ocr_repair,
    ocr_specks,
    ocr_titles,
)
from extractors.readers.scans.ocr_engine import Seen
from extractors.readers.scans.ocr_pages import Sheet, View
from extractors.text import nfc

SURE, SURE_LENGTH = 0.85, 3
"""Score and letters from which a word was surely read."""
SURE_SHARE = 0.25
"""Share of a page's letters in such words from which it lies upright: 0.60 and more upright, up to 0.05 on its side or head."""
PLAUSIBLE_SIZE = (0.75, 1.5)
"""Shares of A4's long side between which a page's claimed size is taken for its size."""
ASCENT, DESCENT = 0.89, 0.22
"""Shares of the type size above and below the baseline, as in Times New Roman."""
SMALL_LETTERS = 0.45
"""Height of small letters as a share of the type size, in Times New Roman."""
SIZES = (8.0, 20.0)
"""Points; a page's type size as recognised is held between them."""
SMALL_PRINT = 0.85
"""Share of the page's type size below which a line is set in smaller type (recipients are)."""


MARGIN = 85.0
"""Points: the left margin of 30 mm (NĐ 30/2020 Phụ lục I, I.3), to which the text of every sheet is moved."""
FULL_ROW = 6
"""Words; shorter rows start anywhere."""
A4_WIDTH = 595.0
NEARLY = 0.04
LEAST_SHARE = 0.10
"""The same below which a page holds no text: photos, drawings and noise give letters by the hundred, hardly one word for sure."""
LEAST_LETTERS = 12
"""Characters; what is less on a whole page are specks and strokes."""
NO_LINES = Drawing()


@dataclass(frozen=True)
class Scan:
    """A recognised page."""

    words: PageWords
    """In the frame of the sheet."""
    page: Page
    """As the file gives it."""
    view: View
    """From the sheet to the page."""
    drawing: Drawing = NO_LINES
    """The rulings, in the frame of the sheet."""


def available() -> bool:
    """True when tesseract and its Vietnamese data are installed."""
    return ocr_engine.data_place() is not None


def scan(data: bytes, numbers: Sequence[int]) -> tuple[Scan, ...]:
    """Recognise pages of a PDF, counted from 1; a page that is no text comes without words.

    Raises:
        NeedsOcr: tesseract or its Vietnamese data is not installed.
        UnreadableFile: a page cannot be drawn.
    """
    with Pages(data) as pages:
        pictures = (pages.render(number) for number in numbers)
        return read_pictures(picture for picture in pictures if picture is not None)


def read_pictures(pictures: Iterable[Picture]) -> tuple[Scan, ...]:
    """Recognise rendered pages, several at once where the process may."""
    return tuple(page_threads.each(read_picture, pictures))


def read_picture(picture: Picture) -> Scan:
    """Recognise one rendered page."""
    dpi = picture.scale * 72
    sheet, plain = _upright(picture, dpi)
    seen = ocr_lines.read_again(sheet, ocr_closing.columns_apart(sheet, plain, dpi), dpi)
    seen = ocr_doubtful.read_again(sheet.text, seen, dpi)
    seen = ocr_specks.without_specks(sheet.text, ocr_missed.read_missed(sheet, seen, dpi))
    norm = _norm(picture.page)
    unit = picture.scale / norm
    number = picture.page.number
    width, height = sheet.size
    usual = _usual_size(seen, unit)
    thick = ocr_ink.strokes(sheet.text, seen)
    bold = ocr_ink.bold_words(seen, thick)
    words = [_word(_level(one, sheet.slope), unit, number, usual, heavy) for one, heavy in zip(ocr_ink.judged(seen), bold, strict=True)]
    by_hand = {i for i, one in enumerate(seen) if one.score < ocr_ink.LEAST_SCORE or ocr_ink.handwritten(one, thick[i])}
    head = hand_lines.read(ocr_repair.head_lines(words, by_hand, height / unit), hand_lines.Head(sheet.text, unit, sheet.slope))
    kept = [word for word in head if (word.score or 0.0) >= ocr_ink.LEAST_SCORE]
    if sum(len(word.text) for word in kept) < LEAST_LETTERS:
        kept = []
    shift = MARGIN - _left_edge(kept)
    words = [_shifted(word, shift) for word in ocr_titles.titled(_repaired(kept), height / unit)]
    marks = [_shifted(word, shift) for mark in ocr_marks.red_marks(sheet, dpi) for word in _marked(*mark, unit, number)]
    frame = PageWords(_frame(Page(number, width / unit, height / unit)), tuple(words), tuple(marks))
    falls = View(1.0, 0.0, 0.0, sheet.slope, 1.0, 0.0)
    view = sheet.view.after(falls).after(View(unit, 0.0, -shift * unit, 0.0, unit, 0.0))
    return Scan(frame, picture.page, view, _drawing(sheet, unit, shift))


def _repaired(words: Sequence[Word]) -> tuple[Word, ...]:
    clear = ocr_repair.syllables(ocr_glyphs.row_starts(ocr_glyphs.glyphs(words)))
    return ocr_items.put_right(ocr_codes.coded(ocr_phrases.phrases(ocr_repair.filed(ocr_repair.agreed(clear)))))


def _marked(text: str, box: Box, unit: float, number: int) -> list[Word]:
    """The words of a stamped mark, all at the stamp's place; the closed list vouches for them."""
    place = Box(box.x0 / unit, box.top / unit, box.x1 / unit, box.bottom / unit)
    parts = text.split()
    step = (place.x1 - place.x0) / len(parts)
    boxes = [Box(place.x0 + i * step, place.top, place.x0 + (i + 1) * step, place.bottom) for i in range(len(parts))]
    return [
        Word(part, number, where, size=SIZES[1], origin=Origin.OCR, score=ocr_repair.LABEL_SCORE, repaired=True)
        for part, where in zip(parts, boxes, strict=True)
    ]


def _frame(page: Page) -> Page:
    """The sheet's size; those of nearly A4's width get it, for pages of one width are read as one text."""
    near = abs(page.width - A4_WIDTH) < NEARLY * A4_WIDTH
    return Page(page.number, A4_WIDTH if near else round(page.width), page.height)


def _left_edge(words: Sequence[Word]) -> float:
    """The usual left edge of a page's full rows; the sheet lay a little differently under the scanner each time."""
    starts = Counter(round(row.box.x0 / 2) * 2 for row in rows_of(words) if len(row.words) >= FULL_ROW)
    return float(starts.most_common(1)[0][0]) if starts else MARGIN


def _shifted(word: Word, shift: float) -> Word:
    box = word.box
    return word if box is None else replace(word, box=Box(box.x0 + shift, box.top, box.x1 + shift, box.bottom))


def _drawing(sheet: Sheet, unit: float, shift: float) -> Drawing:
    across, down = sheet.lines
    return Drawing(tuple(_in_points(box, unit, shift) for box in across), tuple(_in_points(box, unit, shift) for box in down))


def _in_points(box: Box, unit: float, shift: float) -> Box:
    return Box(box.x0 / unit + shift, box.top / unit, box.x1 / unit + shift, box.bottom / unit)


def _norm(page: Page) -> float:
    """Points of the sheet for a point of the page: many scans claim twice the size of the paper."""
    share = max(page.width, page.height) / A4_LONG_SIDE
    return 1.0 if PLAUSIBLE_SIZE[0] <= share <= PLAUSIBLE_SIZE[1] else 1.0 / share


def _upright(picture: Picture, dpi: float) -> tuple[Sheet, tuple[Seen, ...]]:
    """Clean and recognise a page; one that does not read is tried turned, on its fullest band first."""
    plain = ocr_pages.plain(picture.rgb, picture.scale)
    sheet = ocr_pages.straight(plain)
    if ocr_pages.blank(sheet):
        return sheet, ()
    seen = ocr_cells.read(sheet, dpi)
    if sure_share(seen) >= SURE_SHARE:
        return sheet, seen
    turns = [ocr_pages.straight(plain, quarters) for quarters in (2, 1, 3)]
    shares = [sure_share(ocr_engine.recognise(ocr_pages.band(turn.text), dpi)) for turn in turns]
    best = shares.index(max(shares))
    if shares[best] >= SURE_SHARE:
        return turns[best], ocr_cells.read(turns[best], dpi)
    return sheet, seen if sure_share(seen) >= LEAST_SHARE else ()


def sure_share(seen: Sequence[Seen]) -> float:
    """Return the share of the letters that stand in surely read words; of next to no letters 0."""
    letters = sum(len(word.text) for word in seen)
    return sum(len(word.text) for word in seen if word.score >= SURE and len(word.text) >= SURE_LENGTH) / max(letters, LEAST_LETTERS)


def _usual_size(seen: Sequence[Seen], unit: float) -> float:
    """The page's type size in points: lines of capitals seem larger, single lines vary."""
    sizes = sorted(one.x_height / unit / SMALL_LETTERS for one in seen if len(one.text) > 1)
    return min(max(sizes[len(sizes) // 3], SIZES[0]), SIZES[1]) if sizes else SIZES[0]


def _level(seen: Seen, slope: float) -> Seen:
    """The word as if the lines of its page were level."""
    fall = slope * (seen.x0 + seen.x1) / 2
    return replace(seen, top=seen.top - fall, bottom=seen.bottom - fall, baseline=seen.baseline - fall) if slope else seen


def _word(seen: Seen, unit: float, number: int, usual: float, bold: bool) -> Word:
    size = seen.x_height / unit / SMALL_LETTERS
    size = usual if size > SMALL_PRINT * usual else max(size, SIZES[0])
    base = seen.baseline / unit
    box = Box(seen.x0 / unit, base - ASCENT * size, seen.x1 / unit, base + DESCENT * size)
    # The recogniser cannot tell the long dash, which Vietnamese papers do not use, from the short one.
    text = re.sub("[–-]{2,}", "–", nfc(seen.text).replace("—", "–"))
    return Word(text, number, box, bold=bold, size=round(size, 1), origin=Origin.OCR, score=round(seen.score, 3), repaired=seen.repaired)
