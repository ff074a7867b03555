"""The picture that a telephone's application reads."""

import io

import segno
from flask import Response


def svg(text: str) -> Response:
    """A QR code as an image of our own, which no cache keeps; dark on white in every colour scheme."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#111", light="#fff", xmldecl=False)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")
