"""Imported once in the fork server, so that each worker starts with what every file needs.

The modules below are loaded lazily elsewhere; a fork server can only be told what to import, so they are loaded here.
"""

from __future__ import annotations

from importlib import import_module

from extractors.vietnamese import segment

_LAZY = (
    "pipeline.stages",
    "extractors.readers.pdf",
    "extractors.readers.docx",
    "extractors.readers.pdf_pictures",
    "pipeline.drafting.docx_writer",
    "pipeline.drafting.sheets",
    "pipeline.drafting.task_sheets",
    "pipeline.drafting.calendar",
    "xlsxwriter",
    "icalendar",
    "jinja2",
    "docx",
)

for _name in _LAZY:
    import_module(_name)
segment("Báo cáo kết quả thực hiện.")  # its model takes most of a second to load
