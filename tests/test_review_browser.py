"""The review page in a real browser: marks lie on their words at every zoom, links lead both ways, nothing acts, nothing is fetched."""

import re
import shutil
from contextlib import contextmanager
from functools import cache
from itertools import pairwise

import pdfplumber
import pytest
from docx_snippets import docx
from docx_snippets import p as paragraph
from review_pages import of_sample, page, reviewed, with_main
from sample_files import READ, label
from test_record import found, party
from test_review import HOSTILE, all_findings, bare

from extractors.reading import Reading, read_file
from pipeline.review.page import page_of

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (the test extra)")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine (apt install chromium)")
NAMES = ("huyen-cong-van-tinh", "huyen-ke-hoach-bang", "huyen-so-ky-dien-tu")
SAMPLES = [sample for sample in READ if sample.name in NAMES]
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=label)
PLAIN = next(sample for sample in READ if sample.name == "huyen-cong-van-tinh")
WINDOW = (1440, 900)
SLACK_PT = 4.5
"""Points: a box cut to a part of a word takes widths as even, its side edges may miss half a capital."""
MARKS = """() => [...document.querySelectorAll('figure.page')].map(figure => {
  const paper = figure.querySelector('img').getBoundingClientRect();
  return [...figure.querySelectorAll('svg a')].flatMap(link => [...link.querySelectorAll('rect')].map(rect => {
    const box = rect.getBoundingClientRect();
    return [Number(figure.id.split('-')[1]), link.dataset.f, (box.left - paper.left) / paper.width, (box.top - paper.top) / paper.height,
            (box.right - paper.left) / paper.width, (box.bottom - paper.top) / paper.height];
  }));
}).flat()"""
"""Page, findings, and the corners of each mark as shares of the picture as the browser lays it out."""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as tool:
        # The sandbox of Chromium does not start for root, as whom containers run; the page is our own.
        running = tool.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def opened(browser, folder, content, zoom=1.0, **options):
    """The page in a window of fewer and larger pixels, as the browser's own zoom makes them; with what it complained of or asked for."""
    path = folder / "xem-lai.html"
    path.write_bytes(content)
    size = {"width": round(WINDOW[0] / zoom), "height": round(WINDOW[1] / zoom)}
    view = browser.new_page(viewport=size, device_scale_factor=zoom, reduced_motion="reduce", **options)
    complaints: list[str] = []
    view.on("console", lambda message: complaints.append(message.text))
    view.on("pageerror", lambda error: complaints.append(str(error)))
    view.on("request", lambda request: None if request.url.startswith(("data:", path.as_uri())) else complaints.append(request.url))
    view.goto(path.as_uri())
    try:
        yield view, complaints
    finally:
        view.close()


@cache
def letters(sample):
    """What pdfplumber sees on each page: size, and every character with its middle."""
    with pdfplumber.open(sample.file("pdf")) as pdf:
        return {
            sheet.page_number: (
                float(sheet.width),
                float(sheet.height),
                [(one["text"], (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2) for one in sheet.chars],
            )
            for sheet in pdf.pages
        }


def text_in(sample, number, corners, slack):
    width, height, chars = letters(sample)[number]
    x0, top, x1, bottom = corners[0] * width, corners[1] * height, corners[2] * width, corners[3] * height
    return bare("".join(text for text, x, y in chars if x0 - slack <= x <= x1 + slack and top <= y <= bottom))


def quotes(sample):
    """The quotes of each finding on each page, those left out that a signature laid over a blank: pdfplumber does not see them."""
    out = {}
    for finding in all_findings(sample, "pdf"):
        for piece in finding.evidence:
            if not (sample.case.stamped and finding.pointer in ("/number", "/reference", "/date", "/type")):
                out.setdefault((str(finding.number), piece.page), []).append(bare(piece.quote))
    return out


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@EACH
def test_marks_lie_on_the_words_they_claim(browser, tmp_path, sample, zoom):
    known, astray, checked = quotes(sample), [], 0
    with opened(browser, tmp_path, page(sample, "pdf"), zoom) as (view, complaints):
        for number, findings, *corners in view.evaluate(MARKS):
            wide, close = (text_in(sample, number, corners, slack) for slack in (SLACK_PT, -SLACK_PT))
            for finding in findings.split():
                wanted = known.get((finding, number), ())
                checked += bool(wanted)
                if wanted and not any(quote in wide and close in quote for quote in wanted):
                    astray.append((finding, number, wanted, wide))
        assert complaints == []
    assert astray == []
    assert checked > 10


@pytest.mark.parametrize("sample", READ, ids=label)
def test_every_sample_s_page_is_shown_without_a_complaint(browser, tmp_path, sample):
    with opened(browser, tmp_path, page(sample, "pdf")) as (view, complaints):
        assert view.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 500)")
        assert view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert complaints == []


def current(view):
    """The finding that is current on the record's side, and whether its mark on the paper is current and in sight."""
    return view.evaluate("""() => {
      const item = document.querySelector('#ho-so [aria-current="true"]');
      const mark = document.querySelector('#ban-goc [aria-current="true"]');
      const box = mark && mark.getBoundingClientRect();
      const seen = !!box && box.bottom > 0 && box.top < window.innerHeight;
      return [item && item.dataset.f, mark && mark.dataset.f, seen];
    }""")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_click_leads_from_the_record_to_the_paper_and_back(browser, tmp_path, form):
    due = next(one for one in all_findings(PLAIN, form) if one.label == "Thời hạn")
    name = next(one for one in all_findings(PLAIN, form) if one.label == "Người ký")
    with opened(browser, tmp_path, page(PLAIN, form)) as (view, complaints):
        view.click(f"#f{name.number}")
        item, mark, seen = current(view)
        assert (item, str(name.number) in mark.split(), seen) == (str(name.number), True, True)
        view.locator(f'#ban-goc a[data-f~="{due.number}"]').first.scroll_into_view_if_needed()
        target = f'#ban-goc a[data-f~="{due.number}"]' + (" rect" if form == "pdf" else "")
        view.locator(target).first.click()
        assert current(view)[0] == str(due.number)
        assert view.evaluate("document.activeElement.id") == f"f{due.number}"
        assert view.evaluate(
            f"(b => b.top >= 0 && b.bottom <= innerHeight)(document.getElementById('f{due.number}').getBoundingClientRect())"
        )
        assert complaints == []


def test_the_keys_and_the_buttons_go_from_one_to_the_next(browser, tmp_path):
    sample = next(sample for sample in READ if sample.name == "huyen-chua-co-so")
    with opened(browser, tmp_path, page(sample, "pdf")) as (view, complaints):
        total = int(re.match(r"\d+", view.text_content("#dang-xem"))[0])
        view.keyboard.press("ArrowRight")
        first = view.text_content('#ho-so [aria-current="true"]')
        assert first.startswith(("Lỗi", "Cần xem", "Chỗ trống")), "doubts come first"
        assert view.text_content("#dang-xem") == f"1/{total}"
        view.keyboard.press("ArrowRight")
        view.click("#sau")
        assert view.text_content("#dang-xem") == f"3/{total}"
        assert view.evaluate("document.querySelectorAll('#ho-so [aria-current]').length") == 1
        view.keyboard.press("ArrowLeft")
        view.click("#truoc")
        view.keyboard.press("ArrowLeft")
        assert view.text_content("#dang-xem") == f"{total}/{total}", "it goes round"
        assert complaints == []


def test_all_that_is_clicked_is_reached_by_the_tab_key(browser, tmp_path):
    with opened(browser, tmp_path, page(PLAIN, "pdf")) as (view, _):
        reached = set()
        for _ in range(200):
            view.keyboard.press("Tab")
            reached.add(view.evaluate("(e => e.id || e.dataset.f || e.tagName)(document.activeElement)"))
        wanted = set(view.evaluate("[...document.querySelectorAll('#ban-goc svg a')].map(e => e.id || e.dataset.f)"))
        assert wanted <= reached
        assert {"truoc", "sau", "ho-so", "ban-goc"} <= reached


def test_links_work_without_the_script(browser, tmp_path):
    name = next(one for one in all_findings(PLAIN, "pdf") if one.label == "Người ký")
    with opened(browser, tmp_path, page(PLAIN, "pdf"), java_script_enabled=False) as (view, _):
        view.click(f"#f{name.number}")
        assert view.url.endswith(f"#p{name.number}")
        view.locator(f"g#p{name.number} rect").click()
        assert view.url.endswith(f"#f{name.number}")


@pytest.mark.parametrize("zoom", [1.5, 2.0, 4.0])
def test_nothing_is_cut_off_when_enlarged(browser, tmp_path, zoom):
    with opened(browser, tmp_path, page(PLAIN, "docx"), zoom) as (view, _):
        assert view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if zoom >= 2:
            main, paper = (view.locator(name).bounding_box() for name in ("main", "#ban-goc"))
            assert paper["width"] > 0.95 * main["width"], "one column"


def test_hostile_text_does_nothing(browser, tmp_path):
    sample = read_file(PLAIN.file("docx").read_bytes(), HOSTILE)
    dispatch = with_main(sample.dispatch, subject=found(HOSTILE), recipients=(party(HOSTILE),))
    with opened(browser, tmp_path, page_of(reviewed(Reading(dispatch, sample.layout, b"")))) as (view, complaints):
        dialogs: list[str] = []
        view.on("dialog", lambda dialog: dialogs.append(dialog.message))
        view.keyboard.press("ArrowRight")
        assert view.title().startswith("Xem lại: ")
        assert (dialogs, complaints) == ([], [])
        assert view.evaluate("[...document.scripts].length") == 1


def test_the_policy_stops_what_would_get_in(browser, tmp_path):
    content = page(PLAIN, "docx").replace(
        b"<main>", b"<main><script>document.title='!'</script><img src='https://example.org/x.png'><p style='color:red' onclick='x()'>"
    )
    with opened(browser, tmp_path, content) as (view, complaints):
        assert view.title() != "!"
        refused = " ".join(text for text in complaints if "Content Security Policy" in text)
        assert all(name in refused for name in ("script-src", "style-src", "img-src"))
        assert view.evaluate("[...document.images].every(image => image.naturalWidth === 0)")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_it_prints_whole(browser, tmp_path, form):
    with opened(browser, tmp_path, page(PLAIN, form)) as (view, _):
        view.pdf(path=tmp_path / "in.pdf", format="A4", print_background=True)
    with pdfplumber.open(tmp_path / "in.pdf") as pdf:
        told = bare("".join(sheet.extract_text() for sheet in pdf.pages))
        pictures = [[image for image in sheet.images if image["height"] > 200] for sheet in pdf.pages]
    plan = of_sample(PLAIN, form).plan
    assert [a.duty.text for a in plan.assignments if bare(a.duty.text) not in told] == []
    assert bare("Văn bản gốc") in told
    if form == "pdf":
        assert sum(map(len, pictures)) == 2
        assert all(len(on_one) <= 1 for on_one in pictures), "no page is cut in two"


def test_a_page_is_read_aloud_in_order(browser, tmp_path):
    with opened(browser, tmp_path, page(PLAIN, "pdf")) as (view, _):
        levels = view.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(h => Number(h.tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        nameless = view.evaluate("""() => [...document.querySelectorAll('a, button, img, [role=region]')].filter(e =>
          !(e.getAttribute('aria-label') || e.getAttribute('alt') || e.textContent.trim())).length""")
        assert nameless == 0
        assert view.evaluate("document.documentElement.lang") == "vi"


def test_a_docx_of_many_paragraphs_is_still_quick(browser, tmp_path):
    lines = "".join(paragraph(f"{number}. Sở Y tế rà soát, báo cáo trước ngày {number % 28 + 1}/10/2023.") for number in range(1, 400))
    content = page_of(reviewed(read_file(docx(lines), "a.docx")))
    with opened(browser, tmp_path, content) as (view, complaints):
        view.keyboard.press("ArrowRight")
        assert complaints == []
    assert len(content) < 3_000_000
