"""How likely each character is at each place along a picture of one line, written by hand or printed.

The only door to onnxruntime. The network is PaddleOCR's small recogniser (Apache-2.0), which the package ``rapidocr`` carries; unlike
tesseract it has seen handwriting. It reads digits and the bare letters of Vietnamese, not its marks.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    Likelihoods = NDArray[np.float32]

HEIGHT = 48
"""Pixels: the height of a line that the network takes."""
LEAST_WIDTH = 64
WIDEST = 3200
"""Pixels; a longer line is no number or date line."""
_MODELS = "*_rec_*.onnx"
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Line:
    """What the network makes of a line: a row of likelihoods for each place along it."""

    steps: Likelihoods
    """Places by characters; column 0 is the gap between characters."""
    alphabet: tuple[str, ...]
    """The character of each column; the first is empty."""

    def columns(self, characters: str) -> list[int]:
        """Return the columns of some characters, in their order."""
        return [self.alphabet.index(character) for character in characters]


def likelihoods(grey: NDArray[np.uint8]) -> Line | None:
    """Return what the network makes of a picture of one line, dark on white; None when it is not installed or the picture is no line."""
    session = _session()
    height, width = grey.shape
    wide = round(HEIGHT * width / max(height, 1))
    if session is None or not 0 < wide <= WIDEST:
        return None
    line = np.full((HEIGHT, max(wide, LEAST_WIDTH)), 255.0, np.float32)
    line[:, :wide] = np.asarray(Image.fromarray(grey).resize((wide, HEIGHT), Image.Resampling.BILINEAR))
    fed = np.repeat((line / 127.5 - 1.0)[None, None], 3, axis=1)
    with _one_at_a_time:
        steps = session.run(None, {session.get_inputs()[0].name: fed})[0][0]
    return Line(steps, _alphabet())


@lru_cache(maxsize=1)
def _session() -> Any:  # noqa: ANN401 - the library has no types
    model = _model()
    if model is None:
        return None
    try:
        import onnxruntime
    except ImportError:
        return None
    onnxruntime.disable_telemetry_events()  # Windows builds count their use otherwise
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # an arena keeps what the longest line needed
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _model() -> Path | None:
    """The network's file in the package that carries it; the package itself is not loaded, it would bring OpenCV along."""
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        return None
    return next(iter(sorted((Path(found.origin).parent / "models").glob(_MODELS))), None)


@lru_cache(maxsize=1)
def _alphabet() -> tuple[str, ...]:
    told = _session().get_modelmeta().custom_metadata_map["character"]
    return ("", *told.split("\n"), " ")
