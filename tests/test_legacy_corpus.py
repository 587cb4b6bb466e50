"""Real documents from before Unicode against their transcripts: nearly every letter with a mark comes through, white space stays.

The corpus lies beside the repository; how letters are counted is its METRIC.md. Its transcripts leave small the letters that a font of
capitals shows as capitals ("heading case unverified" in its PROVENANCE.md), so the share with case set apart is told beside.
"""

import sys
from pathlib import Path

import pytest
from diacritics import Share, diacritics

from extractors.layout import Layout
from extractors.readers import base

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "legacy"
REAL = sorted((CORPUS / "corpus" / "public-domain").glob("*/*.pdf"))
COMPOSED = sorted((CORPUS / "corpus" / "synthetic").glob("*.docx"))
LEAST = 0.985
LEAST_EACH = 0.97
"""Case set apart, for each document: a transcript may read the two sides of a letterhead line by line."""

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


def measured(paths: list[Path], truths: str) -> tuple[Share, Share]:
    """The share of letters right over all documents, and with case set apart; each document's are printed."""
    whole, folded = [], []
    for path in paths:
        read, true = printed(base.read(path.read_bytes())), (CORPUS / truths / f"{path.stem}.txt").read_text("utf-8")
        whole.append(diacritics(read, true))
        folded.append(diacritics(read.lower(), true.lower()))
        tell(path.name, whole[-1], folded[-1])
    total = tuple(Share(sum(s.right for s in shares), sum(s.whole for s in shares)) for shares in (whole, folded))
    tell("all", *total)
    assert min(share.value for share in folded) >= LEAST_EACH, "a document is far from its transcript"
    return total


def tell(name: str, exact: Share, folded: Share) -> None:
    sys.stdout.write(f"{name:60}{exact.value:8.4f}{folded.value:8.4f}  of {exact.whole}\n")


@pytest.mark.parametrize(("paths", "truths"), [(REAL, "ground-truth"), (COMPOSED, "ground-truth-synthetic")], ids=["real", "composed"])
def test_nearly_every_letter_with_a_mark_is_right(paths, truths):
    exact, folded = measured(paths, truths)
    assert exact.value >= LEAST
    assert folded.value >= exact.value


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_words_of_real_files_stand_on_their_pages(path):
    layout = base.read(path.read_bytes())
    sizes = {page.number: page for page in layout.pages}
    words = [word for block in (*layout.blocks, *layout.footnotes) for word in block.words]
    assert sum(word.repaired for word in words) > 0.4 * len(words)
    for word in words:
        page, box = sizes[word.page], word.box
        assert 0 <= box.x0 < box.x1 <= page.width
        assert 0 <= box.top < box.bottom <= page.height
        assert not any(char.isspace() for char in word.text)
