"""Where each key of a TOML text stands: tomllib gives values without lines, and a clerk needs the line."""

from __future__ import annotations

import re
from bisect import bisect_right

KeyPath = tuple[str | int, ...]
Span = tuple[int, int]
"""Where a piece of text begins and ends, in characters."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
# One part of a key: bare, "basic" or 'literal'.
_KEY_PART = re.compile(r'[ \t]*(?:(?P<bare>[A-Za-z0-9_-]+)|"(?P<basic>(?:[^"\\\n]|\\.)*)"|\'(?P<literal>[^\'\n]*)\')[ \t]*')
# The four kinds of strings, the long ones first.
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\n#]*")


class LineMap:
    """Lines (from 1) by the path of a key: ("units", 2, "name")."""

    def __init__(self, lines: dict[KeyPath, int]) -> None:
        self._lines = lines

    def line(self, path: KeyPath) -> int:
        """Return the line of a key, of its nearest enclosing table when it is not there, else 1."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return 1


def line_map(text: str) -> LineMap:
    """Return the lines of all keys and array elements of a text that tomllib has accepted."""
    return LineMap(_Scanner(text).scan())


def spans_of(text: str) -> dict[KeyPath, Span]:
    """Return where each value, and each head of a table, stands in a text that tomllib has accepted; lines may end in any way."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.spans


class _Scanner:
    """One pass over valid TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.newlines = [m.start() for m in re.finditer("\n", text)]
        self.found: dict[KeyPath, int] = {}
        self.arrays: dict[KeyPath, int] = {}
        self.spans: dict[KeyPath, Span] = {}

    def scan(self) -> dict[KeyPath, int]:
        base: KeyPath = ()
        self._blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                base = self._header()
            else:
                self._pair(base)
            self._blank()
        return self.found

    def _blank(self) -> None:
        self.at = self._end_of(_BLANK)

    def _end_of(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        return match.end() if match else self.at + 1

    def _mark(self, path: KeyPath) -> None:
        self.found.setdefault(path, bisect_right(self.newlines, self.at) + 1)

    def _header(self) -> KeyPath:
        """Read "[a.b]" or "[[a.b]]" and return the path of the table it opens."""
        start, many = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = self._through_arrays(self._key())
        if many:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            path = (*path, self.arrays[path])
        end, self.at = self.at + (2 if many else 1), start
        self._mark(path)
        self.at = end
        self.spans.setdefault(path, (start, end))
        return path

    def _through_arrays(self, parts: KeyPath) -> KeyPath:
        """Put the current index behind every array of tables that encloses the last part."""
        path: KeyPath = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path])
        return (*path, parts[-1])

    def _key(self) -> KeyPath:
        parts: list[str | int] = []
        while match := _KEY_PART.match(self.text, self.at):
            parts.append(match["bare"] or match["basic"] or match["literal"] or "")
            self.at = match.end()
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return tuple(parts) or ("",)

    def _pair(self, base: KeyPath) -> None:
        start = self.at
        path = (*base, *self._key())
        end, self.at = self.at, start
        self._mark(path)
        self.at = end + 1  # past "="
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._blank()
        start = self.at
        opening = self.text[start : start + 1]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self.at = self._end_of(_STRING if opening in "\"'" else _SCALAR)
        self.spans[path] = (start, self.at)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self._more("]"):
            self._mark((*path, index))
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, closing: str) -> bool:
        """Step to the next element; past the closing bracket and False at the end."""
        self._blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._blank()
        if self.at < len(self.text) and self.text[self.at] != closing:
            return True
        self.at += 1
        return False
