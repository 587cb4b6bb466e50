"""Characters of the symbol fonts (Symbol, Wingdings) and bullets, as what they look like.

Word stores them in the private use area (U+F020 to U+F0FF); most can only be told with their font.
"""

from __future__ import annotations

UNKNOWN = "•"
"""For a symbol of the private area that is in no table: nearly always a bullet or an ornament."""

_SYMBOL = {
    0x2B: "+", 0x2D: "-", 0x2F: "/", 0xA3: "≤", 0xA4: "/", 0xA5: "∞", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAE: "→",
    0xB0: "°", 0xB1: "±", 0xB2: "\"", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB:
    "≈", 0xBC: "…", 0xBE: "-", 0xC4: "⊗", 0xD7: "·", 0xDE: "⇒", 0xE5: "∑", 0x44: "Δ", 0x46: "Φ", 0x53: "Σ", 0x57: "Ω", 0x61:
    "α", 0x62: "β", 0x64: "δ", 0x65: "ε", 0x66: "φ", 0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x71: "θ", 0x72: "ρ", 0x73:
    "σ", 0x77: "ω",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA0: "▪",
    0xA1: "○", 0xA2: "○", 0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_EITHER = {
    0x2B: "+", 0x2D: "-", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢", 0xFC: "✓", 0x76: "❖",
    0xE0: "→", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×",
}  # fmt: skip
"""Where the font is not stated beside the character."""


def shown(code: int, font: str = "") -> str:
    """Return what a character of a symbol font looks like; other characters stay themselves."""
    if not 0xF000 <= code <= 0xF0FF:
        if 0xE000 <= code <= 0xF8FF:
            return UNKNOWN
        return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF) else ""
    low = code - 0xF000
    name = font.lower()
    if name.startswith("symbol"):
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x40 else UNKNOWN)
    if name.startswith("wingdings") or name.startswith("webdings"):
        return _WINGDINGS.get(low, UNKNOWN)
    return _EITHER.get(low) or (chr(low) if 0x30 <= low < 0x3A else UNKNOWN)


def bullet(text: str, font: str = "") -> str:
    """Return an automatic bullet as shown: dashes, plus signs and real characters as they are, Courier's "o" as the ring it draws."""
    out = "".join(shown(ord(c), font) for c in text.strip())
    if out in ("o", "O", "\u00b7", "\u25cf"):
        return "•"
    return out
