"""The outline of a body: which paragraph hangs below which. Each case is its own drawing: what is indented must hang below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import blocks

from extractors.fields.outline import Item, build, walk

CASES = {
    "numbers with dashes below": """
        1. Giao Phòng Kinh tế:
          - Lập danh sách hộ bị thiệt hại.
          - Niêm yết danh sách tại nhà văn hóa.
        2. Công an xã tuần tra ban đêm.
    """,
    "numbers, letters, dashes, plus signs": """
        1. Sở Công Thương:
          a) Hoàn thiện khung giá, trong đó:
            - Làm rõ chi phí vận hành.
            - Đánh giá tác động đối với:
              + Ngân sách xã.
              + Hộ kinh doanh.
          b) Trình UBND tỉnh phê duyệt.
        2. Sở Tài chính thẩm định phương án.
    """,
    "decimal numbers of two parts": """
        1. Thủ trưởng các sở, ban, ngành:
          1.1. Kiểm kê trụ sở.
          1.2. Bàn giao trụ sở dôi dư, trong đó:
            a) Ưu tiên trường học.
            b) Ưu tiên trạm y tế.
        2. Sở Tài chính:
          2.1. Hướng dẫn kiểm kê.
    """,
    "numbers start anew below each Roman section": """
        *| I. VỀ KẾT QUẢ ĐẠT ĐƯỢC
          1. Các xã đã nộp báo cáo.
          2. Tiến độ còn chậm.
        *| II. NHIỆM VỤ THỜI GIAN TỚI
          1. Sở Xây dựng đôn đốc nhà thầu.
          2. UBND xã Bản Phiệt vận động các hộ.
    """,
    "bold headings without a number": """
        *| Công an tỉnh:
          - Bố trí lực lượng trực.
        *| UBND các xã, phường:
          - Kiện toàn Ban Chỉ huy.
          - Cắm biển cảnh báo.
    """,
    "numbers of the Party's offices": """
        1- Ban Xây dựng Đảng hướng dẫn các chi bộ.
        2- Văn phòng Đảng ủy theo dõi việc thực hiện.
    """,
    "an unnumbered order behind the last item stands at the top": """
        1. Giao Sở Y tế:
          - Giám sát ca bệnh.
        Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.
    """,
    "orders below a title with a number": """
        *| 1. Về giải ngân vốn
          Yêu cầu các xã hoàn thành giải ngân trước ngày 31/12/2025.
          Giao Sở Tài chính đôn đốc các chủ đầu tư.
        *| 2. Về phòng cháy rừng
          Giao Chi cục Kiểm lâm trực 24/24 giờ.
    """,
}


def drawn(items, depth: int = 0) -> list[str]:
    out = []
    for item in items:
        out.append("  " * depth + f"{item.marker.printed if item.marker else ''} {item.text}".strip())
        out += drawn(item.children, depth + 1)
    return out


def paragraphs(drawing: str) -> str:
    return "\n".join(line.strip() for line in drawing.strip().splitlines())


def tree(drawing: str) -> list[str]:
    return [line[8:].replace("*| ", "").rstrip() for line in drawing.splitlines() if line.strip()]


@pytest.mark.parametrize("drawing", CASES.values(), ids=list(CASES))
def test_items_hang_where_they_are_drawn(drawing):
    assert drawn(build(blocks(paragraphs(drawing)))) == tree(drawing)


JOINED = [
    ("a party's name and the paragraph below it", ["*| 3. Sở Nội vụ", "Tổng hợp kết quả của các đơn vị."]),
    ("a title and the paragraph below it", ["*| 1. Công tác tuyên truyền", "Đẩy mạnh tin bài trên hệ thống truyền thanh."]),
    ("a request to a body and the paragraph below it", ["*| 4. Đề nghị Hội Nông dân xã", "Vận động hội viên tham gia."]),
    ("an item and its second paragraph", ["1. Sở Y tế giám sát các ổ dịch.", "Kết quả được cập nhật vào phần mềm dùng chung."]),
    ("a marker alone on its line and the title below it", ["*| Phần II", "*| TỔ CHỨC THỰC HIỆN"]),
]


@pytest.mark.parametrize("lines", [lines for _, lines in JOINED], ids=[name for name, _ in JOINED])
def test_what_is_one_item(lines):
    (item,) = build(blocks("\n".join(lines)))
    assert lines[-1].removeprefix("*| ") in item.text
    assert item.children == ()


APART = [
    ("a note below an unnumbered order", ["Đề nghị các trường góp ý dự thảo.", "(Dự thảo đăng trên Trang thông tin điện tử)"], 2),
    ("a section's title and its text", ["*| II. MỤC ĐÍCH", "Nâng cao nhận thức của cán bộ."], 1),
]


@pytest.mark.parametrize(("lines", "top"), [(lines, top) for _, lines, top in APART], ids=[name for name, _, _ in APART])
def test_what_is_not_one_item(lines, top):
    items = build(blocks("\n".join(lines)))
    assert len(items) == top
    assert items[0].text == lines[0].removeprefix("*| ").removeprefix("II. ")


@pytest.mark.parametrize(
    "closing",
    [
        "Mọi vướng mắc xin liên hệ Phòng Nghiệp vụ, điện thoại 0296.3840.000.",
        "Thông tin chi tiết liên hệ đồng chí Lò Văn Pán.",
        "Chỉ thị này thay thế Chỉ thị số 05/CT-UBND.",
        "UBND xã thông báo đến các đơn vị biết, triển khai thực hiện./.",
        "Trân trọng./.",
    ],
)
def test_closings_belong_to_no_item(closing):
    (item,) = build(blocks(f"1. Sở Y tế trực cấp cứu.\n{closing}"))
    assert item.text == "Sở Y tế trực cấp cứu."


def test_the_narrative_above_the_opening_formula_is_left_out():
    text = "Ngày 02/5/2025, bão đổ bộ vào các xã ven biển.\nChủ tịch UBND tỉnh yêu cầu:\n1. Sở Y tế trực cấp cứu."
    (item,) = build(blocks(text))
    assert item.text == "Sở Y tế trực cấp cứu."
    assert item.lead_in is not None


LINES = st.sampled_from(
    [
        "*| I. NHIỆM VỤ", "1. Sở Y tế:", "2. Công an tỉnh tuần tra.", "a) Rà soát.", "b) Báo cáo:", "- Lập sổ.", "1.1. Kiểm kê.",
        "+ Ghi sổ.",
        "Giao Sở Nội vụ theo dõi.", "Đã có 12 xã nộp báo cáo.", "*| Tổ chức thực hiện", "Phần III", "Điều 2. Hiệu lực", "• Khác", "V.",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=25))
def test_every_paragraph_is_kept_once_and_in_order(lines):
    source = blocks("\n".join(lines))
    placed = [block for item in walk(build(source)) for block, _ in item.passage.parts]
    assert all(isinstance(item, Item) for item in walk(build(source)))
    order = [source.index(block) if source.count(block) == 1 else None for block in placed]
    known = [place for place in order if place is not None]
    assert known == sorted(known)
    assert len(placed) <= len(source)
