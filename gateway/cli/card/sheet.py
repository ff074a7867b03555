"""Prints the faces of a card: one to a page, or as many as a sheet of office paper holds, with marks to cut along."""

from enum import StrEnum
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from gateway.cli.card.faces import HEIGHT, WIDTH, Face

MARK, CROSS = 8 * mm, 2.5 * mm  # long enough to be seen beside what the printer leaves white


class Sheet(StrEnum):
    """The paper: what every field office has, a sheet for eight, or one card to a page for a print shop."""

    A4 = "a4"
    A3 = "a3"
    SINGLE = "single"


GRIDS = {Sheet.A4: (2, 2), Sheet.A3: (4, 2), Sheet.SINGLE: (1, 1)}


def draw(faces: list[Face], sheet: Sheet, *, title: str) -> bytes:
    """The PDF; the same card gives the same bytes, and nothing in it says who made it or when."""
    columns, rows = GRIDS[sheet]
    written = BytesIO()
    canvas = Canvas(written, pagesize=(columns * WIDTH, rows * HEIGHT), invariant=True)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("")
    slots = [(column * WIDTH, row * HEIGHT) for row in reversed(range(rows)) for column in range(columns)]
    pages = [[face] for face in faces] if sheet is Sheet.SINGLE else [faces]
    for page in pages:
        for at, (x, y) in enumerate(slots):
            _face(canvas, page[at % len(page)], x, y)
        _marks(canvas, columns, rows)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _face(canvas: Canvas, face: Face, x: float, y: float) -> None:
    canvas.setFillGray(0)
    for band in face.bands:
        canvas.rect(x + band.x, y + band.y, band.width, band.height, stroke=0, fill=1)
    for run in face.runs:
        canvas.setFillGray(1 if run.is_white else 0)
        canvas.setFont(run.font, run.size)
        canvas.drawString(x + run.x, y + run.y, run.text)


def _marks(canvas: Canvas, columns: int, rows: int) -> None:
    """Where to cut: at the edges of the sheet, and where four cards meet."""
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.4)
    across, up = columns * WIDTH, rows * HEIGHT
    for x in (WIDTH * column for column in range(1, columns)):
        canvas.line(x, 0, x, MARK)
        canvas.line(x, up - MARK, x, up)
        for y in (HEIGHT * row for row in range(1, rows)):
            canvas.line(x - CROSS, y, x + CROSS, y)
            canvas.line(x, y - CROSS, x, y + CROSS)
    for y in (HEIGHT * row for row in range(1, rows)):
        canvas.line(0, y, MARK, y)
        canvas.line(across - MARK, y, across, y)
