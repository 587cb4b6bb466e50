"""Who signed and when, by the words of a signature's stamp ("dấu hiển thị chữ ký số"): what is left of it on a copy or a print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from extractors.dispatch import Signature
from extractors.layout import Block
from extractors.text import ascii_key, squeeze

MOST_LINES = 200
"""Lines of stamps that are looked through; a signature's stamp has three to six."""
_SIGNER = re.compile(r"^(?:nguoi ky|ky boi|ky so boi|duoc ky boi|duoc ky so boi|digitally signed by)\s*:?\s*(?=\S)")
_HAS_SIGNED = re.compile(r"\s*(?:[-,:]\s*)?(?:da ky (?:so )?(?:len )?van ban nay).*$")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_WRITTEN = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}),?\s+(\d\d):(\d\d)(?::(\d\d))?(?:\s*([+-]\d\d):?(\d\d))?")
_MAIL = re.compile(r"\s*<[^<>]*>\s*$")
_COPY = "Chỉ có dấu hiển thị, không có chữ ký số trong tệp (bản in lại, bản chụp hoặc bản sao)."


def unsigned(stamps: Sequence[Block]) -> tuple[Signature, ...]:
    """Return a signature without anything to check for each signer that stamps name."""
    lines = [squeeze(block.text) for block in stamps[:MOST_LINES]]
    found: list[tuple[int, str]] = [(number, name) for number, line in enumerate(lines) if (name := _signer(lines, number, line))]
    times = {number: moment for number, line in enumerate(lines) if (moment := _time(line))}
    if not found:
        return ()
    out = []
    for number, name in found:
        near = min(times, key=lambda at, number=number: abs(at - number), default=None)  # type: ignore[misc]  # a bound default
        out.append(Signature(name, times.pop(near) if near is not None else None, "unsigned-stamp", _COPY))
    return tuple(out)


def _signer(lines: Sequence[str], number: int, line: str) -> str:
    """The name on a stamp's line: behind "Người ký:", or before "đã ký lên văn bản này", there or on the line above."""
    key = ascii_key(line)
    if len(key) != len(line):
        return ""
    named = _SIGNER.match(key)
    if named is not None:
        return _name(line[named.end() :])
    signed = _HAS_SIGNED.search(key)
    if signed is None:
        return ""
    above = lines[number - 1] if number else ""
    return _name(line[: signed.start()]) or ("" if _time(above) else _name(above))


def _name(words: str) -> str:
    """A name without the mail address behind it."""
    return _MAIL.sub("", words).strip(" .,;:-")


def _time(line: str) -> str | None:
    iso = _ISO.search(line)
    try:
        if iso is not None:
            return datetime.fromisoformat(iso[0]).isoformat()
        written = _WRITTEN.search(line)
        if written is None:
            return None
        day, month, year, hour, minute, second, hours, minutes = written.groups()
        offset = f"{hours}:{minutes}" if hours else ""
        return datetime.fromisoformat(f"{year}-{int(month):02d}-{int(day):02d}T{hour}:{minute}:{second or '00'}{offset}").isoformat()
    except ValueError:
        return None
