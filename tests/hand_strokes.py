"""Digits as a Vietnamese hand writes them, drawn stroke by stroke: the 1 with its long upstroke, the 7 with its bar."""

from __future__ import annotations

import math

STEPS = 24


def _arc(x, y, rx, ry, *turn):
    """Points of an ellipse about (x, y), from one angle to another."""
    start, end = turn
    angles = [math.radians(start + (end - start) * i / STEPS) for i in range(STEPS + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


STROKES = {
    "0": [_arc(0.3, 0.5, 0.27, 0.48, -80, 280)],
    "1": [[(0.0, 0.85), (0.5, 0.02), (0.42, 1.0)]],
    "2": [[*_arc(0.3, 0.27, 0.26, 0.25, 190, 380), (0.05, 0.98), (0.62, 0.95)]],
    "3": [[*_arc(0.28, 0.25, 0.25, 0.24, 200, 430), *_arc(0.28, 0.72, 0.28, 0.27, -70, 160)]],
    "4": [[(0.35, 0.02), (0.03, 0.62), (0.62, 0.62)], [(0.45, 0.3), (0.42, 1.0)]],
    "5": [[(0.1, 0.05), (0.08, 0.45), *_arc(0.28, 0.7, 0.27, 0.28, -110, 150)], [(0.1, 0.05), (0.55, 0.03)]],
    "6": [[(0.5, 0.02), (0.2, 0.35), *_arc(0.3, 0.72, 0.25, 0.26, 190, 540)]],
    "7": [[(0.02, 0.06), (0.6, 0.04), (0.25, 1.0)], [(0.15, 0.52), (0.55, 0.5)]],
    "8": [[*_arc(0.3, 0.26, 0.22, 0.24, 90, 450), *_arc(0.3, 0.74, 0.26, 0.25, -90, 270)]],
    "9": [[*_arc(0.3, 0.28, 0.25, 0.26, 0, 360), (0.55, 0.3), (0.45, 1.0)]],
}
INK = (30, 30, 30)
WIDTH = 0.72
"""Share of a digit's height from one digit to the next."""


def write(draw, number, corner, height, *, slant=0.15, thick=5):
    """Write digits with their upper left corner at a point, in pixels."""
    x, y = corner
    for index, digit in enumerate(number):
        left = x + index * WIDTH * height
        for stroke in STROKES[digit]:
            points = [(left + (px + slant * (1 - py)) * height, y + py * height) for px, py in stroke]
            draw.line(points, fill=INK, width=thick, joint="curve")
            for px, py in points:
                draw.ellipse((px - thick / 2, py - thick / 2, px + thick / 2, py + thick / 2), fill=INK)
