"""Real documents from before Unicode against their transcripts: nearly every letter with a mark comes through.

The corpus lies beside the repository; how letters are counted is its METRIC.md. Its transcripts leave small what a font of capitals shows
as capitals (PROVENANCE.md: "heading case … unverified"), while the program says what is printed: the share with case set apart is told
beside. ``pytest --whole-corpus -s`` reads every file and prints each one's shares.
"""

import sys
from pathlib import Path

import pytest
from diacritics import Share, diacritics

from extractors.layout import Layout
from extractors.readers import base, office_convert

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "legacy"
REAL = sorted((CORPUS / "corpus" / "public-domain").glob("*/*.pdf"))
OFFICE = sorted(path for path in (CORPUS / "corpus" / "public-domain").glob("*/*") if path.suffix in (".doc", ".rtf"))
EVERY = 8
"""Of which one is read, unless all are asked for: each takes LibreOffice some seconds."""
COMPOSED = sorted((CORPUS / "corpus" / "synthetic").glob("*.docx"))
LEAST = 0.985
LEAST_EACH = 0.97
"""Case set apart, for each PDF and DOCX: a transcript may read the two sides of a letterhead line by line."""
LEAST_OFFICE = 0.965
"""Case and all, over the files of LibreOffice: one letter in sixty stands in a font of capitals (0.974 over all 59)."""
LEAST_EACH_OFFICE = 0.82
"""One transcript has the struck words of tracked changes, one the labels of its drawings at the end."""

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared is not on this machine")


def printed(layout: Layout) -> str:
    """Page by page: the text, then footnotes and page numbers."""
    pages: dict[tuple[int, int], list[str]] = {}
    for part, blocks in enumerate((layout.blocks, (*layout.footnotes, *layout.furniture))):
        for block in blocks:
            for word in block.words:
                words = pages.setdefault((word.page or 0, part), [])
                if word.glued and words:
                    words[-1] += word.text
                else:
                    words.append(word.text)
    return " ".join(word for _, words in sorted(pages.items()) for word in words)


def measured(paths: list[Path], truths: str, least: float) -> tuple[Share, Share]:
    """The share of letters right over all documents, and with case set apart; each document's are printed and none is below the least."""
    whole, folded = [], []
    for path in paths:
        read, true = printed(base.read(path.read_bytes())), (CORPUS / truths / f"{path.stem}.txt").read_text("utf-8")
        whole.append(diacritics(read, true))
        folded.append(diacritics(read.lower(), true.lower()))
        tell(path.name, whole[-1], folded[-1])
    assert min(share.value for share in folded) >= least
    exact, apart = (Share(sum(s.right for s in shares), sum(s.whole for s in shares)) for shares in (whole, folded))
    tell("all", exact, apart)
    return exact, apart


def tell(name: str, exact: Share, folded: Share) -> None:
    sys.stdout.write(f"{name:60}{exact.value:8.4f}{folded.value:8.4f}  of {exact.whole}\n")


@pytest.mark.parametrize(("paths", "truths"), [(REAL, "ground-truth"), (COMPOSED, "ground-truth-synthetic")], ids=["real", "composed"])
def test_nearly_every_letter_with_a_mark_is_right(paths, truths):
    exact, _ = measured(paths, truths, LEAST_EACH)
    assert exact.value >= LEAST


@pytest.mark.skipif(office_convert.program() is None, reason="LibreOffice is not installed")
def test_letters_of_files_that_libreoffice_converts_are_right(request):
    paths = OFFICE if request.config.getoption("--whole-corpus") else OFFICE[::EVERY]
    exact, folded = measured(paths, "ground-truth", LEAST_EACH_OFFICE)
    assert exact.value >= LEAST_OFFICE
    assert folded.value >= LEAST


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_words_of_real_files_stand_on_their_pages(path):
    layout = base.read(path.read_bytes())
    sizes = {page.number: page for page in layout.pages}
    words = [word for block in (*layout.blocks, *layout.footnotes) for word in block.words]
    assert sum(word.repaired for word in words) <= 0.01 * len(words), "their fonts have names"
    for word in words:
        page, box = sizes[word.page], word.box
        assert 0 <= box.x0 < box.x1 <= page.width
        assert 0 <= box.top < box.bottom <= page.height
        assert not any(char.isspace() for char in word.text)
