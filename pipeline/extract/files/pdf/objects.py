"""What a page of a PDF draws besides text -> ruled lines, and the area that pictures cover.

Enters: a page. Leaves: its rules, in points from its upper left corner.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pypdfium2 import raw

from pipeline.extract.files.layout.sheet import THIN, Rule, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage

    Matrix = tuple[float, float, float, float, float, float]

_MOST = 40_000
"""Objects of a page; a page of a table has some thousands. More are a drawing, and are left alone."""
_DEEP = 4  # forms in forms
_CORNERS = 64  # of a path: a table drawn as one path has as many lines; letters drawn as outlines have curves
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawn:
    """pictured: square points. outlined: corners of shapes that are no lines."""

    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0
    outlined: int = 0
    left: int = _MOST


def drawn(page: PdfPage, left: float, top: float) -> Drawn:
    """The drawing of a page. left, top: its corner; PDF's y grows upwards."""
    found = Drawn()
    count = raw.FPDFPage_CountObjects(page.raw)
    objects = (raw.FPDFPage_GetObject(page.raw, number) for number in range(count))
    _walk(objects, (1, 0, 0, -1, -left, top), found, 0)
    return found


def _walk(objects: Iterator[raw.FPDF_PAGEOBJECT], outer: Matrix, found: Drawn, deep: int) -> None:
    for one in objects:
        found.left -= 1
        if found.left < 0 or not one:
            return
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules = list(_rules(one, _times(_matrix(one), outer)))
            found.rules += rules
            found.outlined += 0 if rules else max(0, raw.FPDFPath_CountSegments(one))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, *_ = _times(_matrix(one), outer)
            found.pictured += abs(a * d - b * c)  # a picture is drawn in the unit square
        elif kind == raw.FPDF_PAGEOBJ_FORM and deep < _DEEP:
            count = max(0, raw.FPDFFormObj_CountObjects(one))
            inner = (raw.FPDFFormObj_GetObject(one, number) for number in range(count))
            _walk(inner, _times(_matrix(one), outer), found, deep + 1)


def _rules(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[Rule]:
    """The straight lines that a path strokes, and the thin bars that it fills."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    width = ctypes.c_float()
    strokes = bool(stroke.value) and bool(raw.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width)))
    strokes = strokes and width.value * max(abs(matrix[0]), abs(matrix[1])) <= THIN
    if not strokes and not fill.value:
        return
    for points in _outlines(path, matrix):
        if strokes:
            for start, end in pairwise(points):
                if (rule := rule_of((start, end))) is not None:
                    yield rule
        elif (bar := rule_of(points)) is not None:
            yield bar


def _outlines(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The outlines of a path that have straight sides only."""
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= _CORNERS * 16:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    straight = True
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if straight and len(points) > 1:
        yield points


def _matrix(one: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(one, ctypes.byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
