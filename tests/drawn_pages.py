"""Pages drawn word by word, for tests of assembling: lines on baselines, justified paragraphs, a letterhead, a closing."""

from dataclasses import replace

from extractors.layout import Box, Origin, Page, Word
from extractors.readers.page_words import PageWords

LEFT, RIGHT, WIDTH, HEIGHT = 85.0, 550.0, 595.0, 842.0
CHAR = 0.45
"""Width of a character as a share of the type size."""


def words(y, x, text, size=13.0, *, page=1, bold=False, italic=False, gap=0.25, origin=Origin.PAGE):
    """One run of text on a baseline; "·" is a blank as wide as two characters, "~" glues, "^" raises a mark."""
    out = []
    for marked in text.split(" "):
        if set(marked) == {"·"}:
            x += len(marked) * size
            continue
        glued, raised, token = marked.startswith(("~", "^")), marked.startswith("^"), marked.lstrip("~^")
        own = size * 0.6 if raised else size
        x -= gap * size if glued else 0
        box = Box(x, y - 0.89 * own, x + CHAR * own * len(token), y + 0.22 * own)
        out.append(Word(token, page, box, bold=bold, italic=italic, size=own, origin=origin, glued=glued))
        x = box.x1 + gap * size
    return out


def width(text, size=13.0):
    return sum(CHAR * size * len(token) for token in text.split(" ")) + 0.25 * size * text.count(" ")


def centred(y, text, middle=(LEFT + RIGHT) / 2, size=13.0, **style):
    return words(y, middle - width(text, size) / 2, text, size, **style)


def paragraph(y, text, *, first=35.0, x=LEFT, right=RIGHT, size=13.0, pitch=18.0, **style):
    """Lines broken as late as possible and justified, as Word sets them; returns (words, y of the next line)."""
    out, line, start = [], [], x + first
    for token in text.split(" "):
        if line and start + width(" ".join([*line, token]), size) > right:
            spare = (right - start - width(" ".join(line), size)) / max(len(line) - 1, 1)
            out += words(y, start, " ".join(line), size, gap=0.25 + spare / size, **style)
            y, line, start = y + pitch, [], x
        line.append(token)
    return out + words(y, start, " ".join(line), size, **style), y + pitch


def body(*texts, y=300.0, **style):
    out = []
    for text in texts:
        drawn, y = paragraph(y, text, **style)
        out += drawn
    return out


def sheet(*drawn, number=1, size=(WIDTH, HEIGHT)):
    return PageWords(Page(number, *size), tuple(replace(word, page=number) for part in drawn for word in part))


def told(found):
    return [(item.column.value[0].upper(), item.text) for item in found.items]


LONG = "Ủy ban nhân dân các xã rà soát toàn bộ hệ thống kênh mương nội đồng, nạo vét các đoạn bồi lắng và lập danh mục công trình hỏng"
OTHER = "Phòng Kinh tế tổng hợp nhu cầu kinh phí của các xã, thẩm tra khối lượng và tham mưu phương án phân bổ trong dự toán được giao"
NATIONAL, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def letterhead(*left, gap=30.0, date="Yên Sơn, ngày 04 tháng 5 năm 2024"):
    """Left lines centred at 155, the national title from ``gap`` points right of the widest of them."""
    middle = 155.0
    edge = middle + max(width(text, 12) for text in left) / 2 + gap
    right = edge + width(NATIONAL, 12) / 2
    drawn = [centred(60 + 16 * i, text, middle, 12, bold=i < 2) for i, text in enumerate(left)]
    drawn += [
        centred(60, NATIONAL, right, 12, bold=True),
        centred(76, MOTTO, right, 12, bold=True),
        centred(92, date, right, 12, italic=True),
    ]
    return [word for part in drawn for word in part]


def closing(y=600.0, right="KT. CHỦ TỊCH", start=360.0):
    recipients = [
        "- Như trên;",
        "- Thường trực Huyện ủy (báo cáo);",
        "- Các Ủy viên Ủy ban nhân dân huyện và",
        "Trưởng các phòng, ban;",
        "- Lưu: VT.",
    ]
    drawn = words(y, LEFT, "Nơi nhận:", 12, bold=True, italic=True) + words(y, start, right, 13, bold=True)
    drawn += words(y + 15, start, "PHÓ CHỦ TỊCH", 13, bold=True) + words(y + 90, start, "Lý Văn Sáng", 13, bold=True)
    for index, line in enumerate(recipients):
        drawn += words(y + 14 + 13 * index, LEFT, line, 11)
    return drawn
