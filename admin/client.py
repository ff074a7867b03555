"""Where a request comes from, as far as that can be known."""

from flask import current_app, request


def address() -> str:
    """The address of the browser, for slowing down guesses.

    Over https a proxy of ours stands in front and adds the address it saw as the last one of its header.
    Plain http is this machine itself, where nobody stands in between and the header is only what somebody wrote.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and str(current_app.config["PANEL_URL"]).startswith("https:"):
        return forwarded.rpartition(",")[2].strip()
    return request.remote_addr or ""
