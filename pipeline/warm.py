"""Imported once in the fork server, so that each worker starts with what every file needs.

The modules below are loaded lazily elsewhere; a fork server can only be told what to import, so they are imported here.
"""

from __future__ import annotations

from importlib import import_module

_LAZY = (
    "pipeline.stages",
    "extractors.readers.pdf",
    "extractors.readers.docx",
    "pipeline.drafting.docx_writer",
    "pipeline.drafting.task_sheets",
    "pipeline.drafting.calendar",
    "xlsxwriter",
    "icalendar",
    "jinja2",
    "docx",
)

for _name in _LAZY:
    import_module(_name)
