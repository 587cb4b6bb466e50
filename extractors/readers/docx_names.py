"""Names of the WordprocessingML elements and attributes that the DOCX reader looks at (ECMA-376 part 1, transitional)."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

VAL = W + "val"

BODY, P, PPR, RUN, RPR, TEXT = W + "body", W + "p", W + "pPr", W + "r", W + "rPr", W + "t"
TABLE, ROW, CELL = W + "tbl", W + "tr", W + "tc"
SDT, SDT_CONTENT = W + "sdt", W + "sdtContent"
BOX = W + "txbxContent"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"

INSERTED = (W + "ins", W + "moveTo")
WRAPPERS = frozenset(
    (*INSERTED, M + "oMath", M + "oMathPara", *(W + n for n in ("smartTag", "customXml", "hyperlink", "bdo", "dir", "ruby", "rubyBase")))
)
"""What only wraps content that Word shows, tracked insertions included."""
LEFT_OUT = frozenset(W + name for name in ("del", "moveFrom", "rt"))
"""Tracked deletions and the small reading aid over a base text."""
