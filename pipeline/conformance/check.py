"""Check one DOCX: which form it follows, and every rule that it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from extractors import zone_signs as signs
from extractors.errors import DispatchError, SecretDocument
from extractors.readers import docx
from extractors.readers.base import reader_for
from extractors.readers.docx_print import Paper, read_paper
from pipeline.conformance import looks, page, party, signing, text, words
from pipeline.conformance.finding import Finding
from pipeline.conformance.sheet import Sheet, sheets


class NotADocx(DispatchError):
    """Only a Word file tells fonts, margins and spacing."""

    code = "E331"
    message = "Chỉ kiểm tra được thể thức của tệp DOCX."
    remedy = "Hãy mở văn bản bằng Word, lưu lại dưới dạng .docx rồi kiểm tra tệp đó."


class FormKind(StrEnum):
    """Whose form a document follows."""

    STATE = "nd30"
    PARTY = "party"


@dataclass(frozen=True)
class Conformance:
    """What the check says of one file."""

    kind: FormKind
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> bool:
        """True when a rule is broken that must be kept."""
        return any(found.must for found in self.findings)


def check(data: bytes) -> Conformance:
    """Hold a DOCX to the form of its kind.

    Raises:
        NotADocx: a PDF, a picture, a file of an old version of Word.
        SecretDocument: a secrecy mark stands on it.
        DispatchError: the file cannot be read.
    """
    if reader_for(data).name != "docx":
        raise NotADocx
    layout, paper = docx.read(data), read_paper(data)
    found = sheets(layout, paper)
    if any((signs.mark(line.text) or ("", ""))[0] == "secrecy" for sheet in found for line in sheet.anatomy.marks):
        raise SecretDocument
    kind = FormKind.PARTY if found[0].party else FormKind.STATE
    return Conformance(kind, tuple(_all(found, paper)))


def _all(found: tuple[Sheet, ...], paper: Paper) -> Iterator[Finding]:
    yield from page.check_party(paper) if found[0].party else page.check(paper)
    for sheet in found:
        if sheet.party:
            yield from party.check(sheet)
            continue
        for module in (words, looks, signing, text):
            yield from module.check(sheet)
        yield from page.rules_drawn(sheet)
