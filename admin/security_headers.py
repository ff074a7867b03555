"""What every answer tells the browser not to do."""

from flask import Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
}
_TWO_YEARS = "max-age=63072000; includeSubDomains"


def add(response: Response, *, is_secure: bool) -> Response:
    """Puts the headers on an answer; nothing but styles, scripts and icons may stay in a cache."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if is_secure:
        response.headers["Strict-Transport-Security"] = _TWO_YEARS
    if request.endpoint == "static" and response.status_code in (200, 304):
        # An address with a fingerprint of the content never changes its content.
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if request.args else "public, no-cache"
        )
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
