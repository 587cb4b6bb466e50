"""One document of a DOCX as the rules look at it: each part's printed lines, with what they say and how they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors import zone_signs as signs
from extractors import zones
from extractors.dispatch import DocumentType
from extractors.fields import issuer
from extractors.layout import Block, Column, Layout
from extractors.readers.docx_print import Paper, Printed
from extractors.text import fold
from extractors.zone_header import header_lines
from extractors.zone_lines import join
from extractors.zone_titles import title_type


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a paragraph of the text."""

    block: Block
    printed: Printed

    @property
    def text(self) -> str:
        """What stands on it, an automatic number or dash included."""
        return f"{self.block.marker} {self.block.text}" if self.block.marker else self.block.text

    @property
    def column(self) -> Column:
        """The side of the page that it stands on."""
        return self.block.column

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes of its lettered words, ascending."""
        return tuple(sorted({word.size for word in self.block.words if word.size and any(c.isalpha() for c in word.text)}))

    @property
    def upper(self) -> bool:
        """True when it is shown in capitals, typed so or by its font."""
        return self.block.upper or self.printed.capitals


@dataclass(frozen=True)
class Sheet:
    """One document. ``parts`` has the lines of each part that it has, by the ids of ``rules.toml``."""

    paper: Paper
    anatomy: zones.Anatomy
    parts: Mapping[str, tuple[Line, ...]]
    appendices: tuple[tuple[Line, ...], ...]
    """Title lines of each appendix."""

    @property
    def party(self) -> bool:
        """True for a document of the Party."""
        return self.anatomy.party

    def lines(self, part: str) -> tuple[Line, ...]:
        """Return a part's lines; none when the document lacks it."""
        return self.parts.get(part, ())

    def text(self, part: str) -> str:
        """Return a part on one line."""
        return " ".join(line.text for line in self.lines(part))

    @cached_property
    def type(self) -> DocumentType | None:
        """The printed type ("tên loại"), None for a dispatch ("công văn") and for a form."""
        return title_type(self.lines("title")[0].text) if self.lines("title") else None

    @property
    def form(self) -> bool:
        """True for a slip ("phiếu …"), which has neither recipients nor a number of the register."""
        head = [line.text for line in (*self.lines("title"), *self.lines("body")[:2])]
        return any(text.startswith("PHIẾU ") and text.isupper() for text in head)

    @cached_property
    def head(self) -> tuple[Printed, ...]:
        """The paragraphs from the first of the letterhead to the last line of number, date and subject."""
        named = ("national", "motto", "party-title", "superior", "issuer", "number", "place-date", "subject")
        places = [line.printed.index for part in named for line in self.lines(part)]
        return self.paper.paragraphs[min(places) : max(places) + 2] if places else ()


def sheets(layout: Layout, paper: Paper) -> tuple[Sheet, ...]:
    """Return the documents of a file, the covering one first."""
    return tuple(_sheet(part, paper) for part in zones.split(layout))


def _sheet(part: zones.Part, paper: Paper) -> Sheet:
    anatomy = part.anatomy

    def lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
        return tuple(Line(block, _printed(block, paper)) for block in blocks if block.words)

    found = {name: lines(blocks) for name, blocks in _parts(part).items()}
    titles = tuple(lines(appendix.title) for appendix in anatomy.appendices)
    return Sheet(paper, anatomy, {name: value for name, value in found.items() if value}, titles)


def _printed(block: Block, paper: Paper) -> Printed:
    index = next((word.paragraph for word in block.words if word.paragraph is not None), None)
    return paper.paragraphs[index] if index is not None and index < len(paper.paragraphs) else Printed(-1, block.text)


def _parts(part: zones.Part) -> dict[str, list[Block]]:
    anatomy = part.anatomy
    letterhead = [line for line in anatomy.letterhead if line.text.strip("* ") and not fold(line.text).startswith("số ")]
    superior = _superior(replace(anatomy, letterhead=tuple(letterhead)))
    titled = [line for line in letterhead if _paragraph(line) in superior]
    return {
        **_top(part),
        "superior": titled,
        "issuer": [line for line in letterhead if line not in titled],
        "number": [join(anatomy.number)] if anatomy.number else [],
        "place-date": [join(anatomy.place_date)] if anatomy.place_date else [],
        "title": list(anatomy.title[:1]),
        "title-subject": list(anatomy.title[1:]),
        "subject": list(anatomy.subject),
        "addressees": list(anatomy.addressees),
        "body": [item for item in anatomy.body if isinstance(item, Block)],
        "recipients": [line for line in anatomy.recipients if signs.recipients_lead(line.text)],
        "recipient": [line for line in anatomy.recipients if not signs.recipients_lead(line.text)],
        **_signature(anatomy),
        "urgency": [line for line in anatomy.marks if (signs.mark(line.text) or ("", ""))[0] == "urgency"],
        "appendix": [block for appendix in anatomy.appendices for block in appendix.title[:1] if signs.appendix_title(block.text)],
    }


def _paragraph(block: Block) -> int | None:
    return block.words[0].paragraph if block.words else None


def _superior(anatomy: zones.Anatomy) -> frozenset[int | None]:
    return frozenset(entry.paragraph for entry in getattr(issuer.read(anatomy).parent, "evidence", ()))


def _top(part: zones.Part) -> dict[str, list[Block]]:
    """Quốc hiệu, Tiêu ngữ and the Party's title, which the zones leave out."""
    out: dict[str, list[Block]] = {"national": [], "motto": [], "party-title": []}
    tests = (("national", signs.national_title), ("motto", signs.motto), ("party-title", signs.party_title))
    for line in _first_lines(part):
        for name, test in tests:
            if not out[name] and test(line.text):
                out[name].append(line)
    return out


def _first_lines(part: zones.Part, most: int = 30) -> Iterator[Block]:
    for item in part.items[:most]:
        if isinstance(item, Block):
            yield from header_lines(item)


def _signature(anatomy: zones.Anatomy) -> dict[str, list[Block]]:
    """The lines of authority and office, and the name under them; notes in brackets are left out."""
    lines = [line for line in anatomy.signature if any(c.isalpha() for c in line.text) and not line.text.startswith("(")]
    name = next((i for i in range(len(lines) - 1, -1, -1) if signs.person_name(lines[i].text) and not lines[i].upper), None)
    if name is None and len(lines) > 1 and not (signs.position_line(lines[-1].text) or signs.authority_line(lines[-1].text)):
        name = len(lines) - 1
    return {"authority": lines[:name], "signer": [] if name is None else lines[name : name + 1]}
