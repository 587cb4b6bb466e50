"""Assignment tables: their head, their sections, merged and stacked cells. Cells are parted by "|", lines of a cell by " / ".

"^" is a cell merged with the one above it, "<" one merged with the cell at its left; "*" a bold one.
"""

from datetime import date

import pytest
from paper import block

from extractors.fields.duty_tables import column_of, columns, read
from extractors.layout import Cell, Row, Table

ISSUED = date(2025, 9, 18)


def table(drawing: str) -> Table:
    grid = [[text.strip() for text in line.strip().strip("|").split("|")] for line in drawing.strip().splitlines()]
    return Table(tuple(Row(tuple(_cells(grid, index))) for index in range(len(grid))))


def _cells(grid, index):
    row = grid[index]
    for place, text in enumerate(row):
        if text == "<":
            continue
        wide = next((n for n, other in enumerate(row[place + 1 :]) if other != "<"), len(row) - place - 1) + 1
        high = next((n for n, below in enumerate(grid[index + 1 :]) if below[place] != "^"), len(grid) - index - 1) + 1
        shown = "" if text == "^" else text
        lines = [block(line.strip(" *"), index, style="*" if line.strip().startswith("*") else "") for line in shown.split(" / ") if line]
        yield Cell(tuple(lines), row_span=1 if text == "^" else high, col_span=wide)


def seen(duties, depth=0):
    out = []
    for duty in duties:
        lead = "; ".join(party.name for party in duty.lead)
        support = "; ".join(party.name for party in duty.support)
        due = "; ".join(str(deadline.due) for deadline in duty.deadlines)
        out.append("  " * depth + " | ".join((duty.marker, duty.text, lead, support, due)).rstrip(" |"))
        out += seen(duty.children, depth + 1)
    return out


TABLES = {
    "plain": (
        """| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |
           | 1 | Nạo vét mương Bản Vai | Phòng Kinh tế | Các thôn | 30/11/2025 |
           | 2 | Rà soát hộ nghèo | Phòng Văn hóa - Xã hội | | Trước ngày 15/12/2025 |""",
        [
            "1 | Nạo vét mương Bản Vai | Phòng Kinh tế | Các thôn | 2025-11-30",
            "2 | Rà soát hộ nghèo | Phòng Văn hóa - Xã hội |  | 2025-12-15",
        ],
    ),
    "a head of two rows": (
        """| TT | Nhiệm vụ | Cơ quan thực hiện | < | Thời hạn |
           | ^ | ^ | Chủ trì | Phối hợp | ^ |
           | 1 | Kè suối Nậm Hô | Phòng Kinh tế | Công an xã | 31/12/2025 |""",
        ["1 | Kè suối Nậm Hô | Phòng Kinh tế | Công an xã | 2025-12-31"],
    ),
    "columns numbered below the head": (
        """| TT | Nội dung | Đơn vị thực hiện | Thời hạn |
           | (1) | (2) | (3) | (4) |
           | 1 | Kè suối Nậm Hô | Phòng Kinh tế | 31/12/2025 |""",
        ["1 | Kè suối Nậm Hô | Phòng Kinh tế |  | 2025-12-31"],
    ),
    "section rows": (
        """| STT | Nội dung công việc | Đơn vị chủ trì | Thời gian hoàn thành |
           | I | *HẠ TẦNG | < | < |
           | 1 | Lắp trạm phát sóng | Phòng Kinh tế | 31/12/2025 |
           | II | *NHÂN LỰC | < | < |
           | 2 | Tập huấn kỹ năng số | Phòng Văn hóa - Xã hội | 31/10/2025 |""",
        [
            "I | HẠ TẦNG",
            "  1 | Lắp trạm phát sóng | Phòng Kinh tế |  | 2025-12-31",
            "II | NHÂN LỰC",
            "  2 | Tập huấn kỹ năng số | Phòng Văn hóa - Xã hội |  | 2025-10-31",
        ],
    ),
    "a lead for several rows": (
        """| TT | Nhiệm vụ | Chủ trì | Thời hạn |
           | 1 | Lập danh sách hộ lấn chiếm | Công an xã | 05/11/2025 |
           | 2 | Giải tỏa vi phạm | ^ | 20/11/2025 |""",
        ["1 | Lập danh sách hộ lấn chiếm | Công an xã |  | 2025-11-05", "2 | Giải tỏa vi phạm | Công an xã |  | 2025-11-20"],
    ),
    "names stacked in a cell": (
        """| TT | Nhiệm vụ | Chủ trì | Thời hạn |
           | 1 | Nâng cấp trung tâm dữ liệu | Văn phòng UBND tỉnh / Sở Khoa học và Công nghệ | 30/6/2026 |
           | 2 | Đào tạo cán bộ | - Sở Nội vụ; / - Sở Tài chính | 30/6/2026 |
           | 3 | Quan trắc nước | Sở Nông nghiệp và / Môi trường | 30/6/2026 |""",
        [
            "1 | Nâng cấp trung tâm dữ liệu | Văn phòng UBND tỉnh; Sở Khoa học và Công nghệ |  | 2026-06-30",
            "2 | Đào tạo cán bộ | Sở Nội vụ; Sở Tài chính |  | 2026-06-30",
            "3 | Quan trắc nước | Sở Nông nghiệp và Môi trường |  | 2026-06-30",
        ],
    ),
    "no ordinals": (
        """| Nhiệm vụ | Chủ trì | Thời hạn |
           | Vận động người dân tự tháo dỡ | Công an xã | 30/11/2025 |""",
        [" | Vận động người dân tự tháo dỡ | Công an xã |  | 2025-11-30"],
    ),
}


@pytest.mark.parametrize(("drawing", "expected"), TABLES.values(), ids=list(TABLES))
def test_rows_become_duties(drawing, expected):
    assert seen(read(table(drawing), ISSUED)) == expected


NO_TASKS = [
    "| TT | Họ và tên | Chức vụ | Đơn vị |\n| 1 | Lò Văn Pán | Chủ tịch | UBND xã |",
    "| TT | Chỉ tiêu | Đơn vị tính | Kế hoạch |\n| 1 | Trồng rừng | ha | 120 |",
    "| Nội dung | Kinh phí |\n| Thuê hội trường | 5.000.000 |",
    "| TT | Nhiệm vụ | Kết quả |\n| 1 | Giải ngân | 83% |",
]


@pytest.mark.parametrize("drawing", NO_TASKS)
def test_other_tables_assign_nothing(drawing):
    assert read(table(drawing), ISSUED) == ()


@pytest.mark.parametrize("column", columns(), ids=lambda c: c.id)
def test_columns_test_themselves(column):
    assert [head for head in column.matches if column_of(head) != column.id] == []
    assert [head for head in column.rejects if column_of(head) == column.id] == []


def test_the_cell_is_the_evidence():
    (duty,) = read(table(TABLES["a head of two rows"][0]), ISSUED)
    assert [piece.quote for piece in duty.evidence] == ["Kè suối Nậm Hô"]
    assert [piece.quote for piece in duty.lead[0].evidence] == ["Phòng Kinh tế"]
    assert [piece.quote for piece in duty.deadlines[0].evidence] == ["31/12/2025"]
