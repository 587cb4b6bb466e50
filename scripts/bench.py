"""Measure the program on this machine, in one run: processor time beside pdfplumber's, start-up, memory, growth with pages.

    python scripts/bench.py [FILE.pdf]

Ratios hold from machine to machine, milliseconds do not. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import Problem

if TYPE_CHECKING:
    from pipeline.sandbox import Job, Result

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PROFILE = SAMPLES / "profiles" / "huyen-2023.toml"
DAY = date(2023, 10, 5)
ROUNDS = 15


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="a PDF with text; default: the first two-page one of the samples")
    path = parser.parse_args().file or two_pages()
    data = path.read_bytes()
    print(f"{path.name}: {pages(data)} pages; processor time, median of {ROUNDS} rounds, warm")
    whole_way(data)
    growth(data)
    scans(data)
    print(f"\ncongvan --help         {help_time() * 1000:8.1f} ms of processor time")
    worker_memory(path)


def two_pages() -> Path:
    """Return the first two-page PDF of the samples."""
    for path in sorted(SAMPLES.glob("*/*.pdf")):
        if path.read_bytes().startswith(b"%PDF") and pages(path.read_bytes()) == 2:
            return path
    sys.exit("no two-page PDF in samples/; name one on the command line")


def pages(data: bytes) -> int:
    """Return the number of pages."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)


def cost(work: Callable[[], object]) -> float:
    """Return the processor time in seconds of one call."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def medians(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median cost of each work, warm; they take turns, so that a busy spell of the machine meets all alike."""
    for work in works:
        work()
    taken = [[cost(work) for work in works] for _ in range(rounds)]
    return [sorted(column)[rounds // 2] for column in zip(*taken, strict=True)]


def whole_way(data: bytes) -> None:
    """Print the whole way and its stages beside pdfplumber's ``extract_text`` on the same bytes, in this process."""
    import pdfplumber

    from pipeline.profile import load
    from pipeline.stages import process

    profile = load(PROFILE)

    def plain() -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_text()

    base, whole = medians(plain, lambda: process(data, "bench.pdf", profile, DAY))
    product = process(data, "bench.pdf", profile, DAY)
    print(f"pdfplumber extract_text{base * 1000:8.1f} ms   1.00")
    print(f"the whole way          {whole * 1000:8.1f} ms   {whole / base:.2f}   ({product.status.value}, {len(product.outputs)} files)")
    for stage, seconds in product.timings:
        print(f"  {stage:<21}{seconds * 1000:8.1f} ms   {seconds / base:.2f}")


def growth(data: bytes) -> None:
    """Print reading and the whole way for 10 and 100 pages of the same dispatch."""
    from extractors.reading import read_dispatch
    from pipeline.profile import load
    from pipeline.stages import process

    profile = load(PROFILE)
    print()
    ways: tuple[tuple[str, Callable[[bytes], object]], ...] = (
        ("reading", lambda made: read_dispatch(made, "bench.pdf")),
        ("the whole way", lambda made: process(made, "bench.pdf", profile, DAY)),
    )
    for name, work in ways:
        short, long = repeated(data, 10), repeated(data, 100)
        few, many = medians(partial(work, short), partial(work, long), rounds=3)
        print(f"{name:<14} 10 pages {few * 1000:8.1f} ms   100 pages {many * 1000:8.1f} ms   {many / few:.1f} times")


def repeated(data: bytes, count: int) -> bytes:
    """Return a PDF of ``count`` pages, the given ones over and over."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as source, closing(pypdfium2.PdfDocument.new()) as made:
        while len(made) < count:
            made.import_pages(source, list(range(min(len(source), count - len(made)))))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def scans(data: bytes) -> None:
    """Print reading a scan, rendering included, beside tesserocr alone on the same rendered pages with its own settings, on one core."""
    from extractors.readers.pdf_render import Pages
    from extractors.readers.scans import ocr, ocr_engine

    if not ocr.available():
        print("\nno recogniser here: scans are not measured")
        return
    import tesserocr
    from PIL import Image

    made = scanned(data)
    numbers = range(1, pages(made) + 1)
    with Pages(made) as opened:
        pictures = [picture for picture in map(opened.render, numbers) if picture is not None]
    engine = tesserocr.PyTessBaseAPI(path=ocr_engine.data_place(), lang=ocr_engine.LANGUAGE)

    def alone() -> None:
        for picture in pictures:
            engine.SetImage(Image.fromarray(picture.rgb))
            engine.SetSourceResolution(int(picture.scale * 72))
            engine.GetUTF8Text()

    read = partial(ocr.scan, made, numbers)
    alone()
    read()
    taken = [(cost(alone), cost(read)) for _ in range(ROUNDS // 2)]
    ratios = sorted(ours / base for base, ours in taken)
    base = sorted(base for base, _ in taken)[len(taken) // 2]
    print(f"\ntesserocr alone        {base * 1000:8.1f} ms   1.00   ({len(pictures)} pages, drawn at 200 dpi, askew, with grain)")
    usual = ratios[len(ratios) // 2]
    print(f"reading the scan       {base * usual * 1000:8.1f} ms   {usual:.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def scanned(data: bytes) -> bytes:
    """Return the pages as a scanner gives them: pictures at 200 dpi, turned by half a degree, with the grain of paper."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    random = np.random.default_rng(1)
    sheets = []
    with closing(pypdfium2.PdfDocument(data)) as source:
        for page in source:
            image = page.render(scale=200 / 72).to_pil().convert("RGB").rotate(0.5, Image.Resampling.BICUBIC, fillcolor="white")
            grain = random.normal(-6, 4, (image.height, image.width, 1))
            sheets.append(Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    return out.getvalue()


def help_time() -> float:
    """Return the processor seconds of ``congvan --help``, median of five."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "pipeline", "--help"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(taken)[2]


def worker_memory(path: Path) -> None:
    """Print the peak memory of a worker after the file and after all samples, under the run's own limits."""
    from pipeline.sandbox import Job, run_all
    from pipeline.settings import Limits

    files = [path, *(f for f in sorted(SAMPLES.glob("*/*.*")) if f.suffix in (".pdf", ".docx"))]
    jobs = [Job(file, file.name, hashlib.sha256(file.read_bytes()).hexdigest(), PROFILE, DAY) for file in files]
    results = run_all(jobs, 1, Limits(), measured)
    peaks = [float(result.problem.where) for result in results if result.problem]
    print(f"peak memory of a worker{peaks[0]:8.1f} MB after this file, {max(peaks):.1f} MB after {len(files)} files")


def measured(job: Job) -> Result:
    """Do a run's work on a file; return the worker's peak memory so far in MB, as the place of a problem."""
    from pipeline.sandbox import Result, work

    work(job)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(None, Problem("I000", "", where=str(peak / 1024 if sys.platform == "darwin" else peak)))


if __name__ == "__main__":
    main()
