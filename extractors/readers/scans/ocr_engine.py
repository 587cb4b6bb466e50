"""Words from a picture by tesseract in process. The only door to tesserocr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.errors import NeedsOcr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGE = "vie"
_DATA_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
"""Where Debian, Fedora, Homebrew, MacPorts and the Windows installer put the data."""
PAGE, SPARSE = 6, 11
"""Page segmentation modes: one block of text in rows (columns are found later, by ``assemble``); words wherever they stand."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as recognised, in pixels of the picture."""

    text: str
    score: float
    """0.0 to 1.0."""
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    """Height of the line's base below the middle of the word."""
    x_height: float
    """Height of the line's small letters, as far as the recogniser can tell."""
    line: int = 0
    """Number of its line in the picture."""
    repaired: bool = False
    """True for a word that its line's form or a closed list put right."""


def data_place() -> str | None:
    """Return the folder with the Vietnamese data, the one that TESSDATA_PREFIX names first; None when there is none.

    Tesseract is not asked for its own place: to answer it walks through the current folder and all below it, and takes data from there.
    """
    if _library() is None:
        return None
    places = (os.environ.get("TESSDATA_PREFIX", ""), str(Path(sys.prefix) / "share/tessdata"), *_DATA_PLACES)
    return next((place for place in places if Path(place).is_absolute() and (Path(place) / f"{LANGUAGE}.traineddata").is_file()), None)


@lru_cache(maxsize=1)
def _library() -> Any:  # noqa: ANN401 - the library has no types
    """Load tesserocr, with one thread for each worker: four threads on shared cores take up to four times as long.

    Touches the environment: OpenMP can be told in no other way, and only before it loads.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        import tesserocr
    except ImportError:
        return None
    return tesserocr


_idle: list[Any] = []
"""Engines that no thread is using; each serves one thread at a time, and takes a tenth of a second to make."""


@contextmanager
def _engine() -> Iterator[Any]:
    """Lend an engine."""
    try:
        engine = _idle.pop()
    except IndexError:
        engine = _made()
    yield engine
    _idle.append(engine)


def _made() -> Any:  # noqa: ANN401 - the library has no types
    place = data_place()
    if place is None:
        raise NeedsOcr
    # Inverted (white on black) text does not occur on official paper; trying it costs a second pass over each weak line.
    variables = {"tessedit_do_invert": "0", "debug_file": os.devnull}
    return _library().PyTessBaseAPI(path=place, lang=LANGUAGE, psm=PAGE, variables=variables)


def recognise(grey: NDArray[np.uint8], dpi: float, mode: int = PAGE) -> tuple[Seen, ...]:
    """Return the words of a picture, dark on white, in the recogniser's order.

    Raises:
        NeedsOcr: tesseract or its Vietnamese data is not installed.
    """
    height, width = grey.shape
    with _engine() as engine:
        engine.SetPageSegMode(mode)
        engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
        engine.SetSourceResolution(int(dpi))
        engine.Recognize()
        words = tuple(_words(engine))
        engine.Clear()
    return words


def _words(engine: Any) -> Iterator[Seen]:  # noqa: ANN401 - the library has no types
    library = _library()
    level = library.RIL.WORD
    iterator = engine.GetIterator()
    if iterator is None:
        return
    line = 0
    for word in library.iterate_level(iterator, level):
        line += word.IsAtBeginningOf(library.RIL.TEXTLINE)
        box, text = word.BoundingBox(level), _text(word, level)
        if box is None or not text:
            continue
        base = word.Baseline(level)
        row = word.RowAttributes()
        middle = (base[0][1] + base[1][1]) / 2 if base else float(box[3])
        x_height = row["row_height"] - abs(row["ascenders"]) - abs(row["descenders"])
        x0, top, x1, bottom = map(float, box)
        yield Seen(text, word.Confidence(level) / 100.0, x0, top, x1, bottom, middle, float(x_height), line)


def _text(word: Any, level: int) -> str:  # noqa: ANN401 - the library has no types
    """The word's characters; where the recogniser saw ink and no letter, the library raises."""
    try:
        return str(word.GetUTF8Text(level)).strip()
    except RuntimeError:
        return ""
