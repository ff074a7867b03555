"""The officers' application, put together in one place."""

import hashlib
from pathlib import Path

from flask import Flask, Response
from jinja2 import StrictUndefined

from admin import audit_words, auth, cookies, desk, errors, form_guard, i18n, navigation, security_headers, wording
from admin.views import account, audit, health, home, language, officers, sign_in, simulator
from gateway.errors import SettingWrong
from gateway.settings import Settings

BLUEPRINTS = (
    home.blueprint,
    sign_in.blueprint,
    language.blueprint,
    account.blueprint,
    officers.blueprint,
    audit.blueprint,
    *desk.BLUEPRINTS,
    health.blueprint,
)
# A password of a megabyte is still answered like any wrong one; more than this is cut off unread.
LARGEST_REQUEST = 2 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """The application; the caller has connected the database and opened the keys."""
    app = Flask(__name__)
    if app.debug:
        raise SettingWrong("FLASK_DEBUG", "must not be set: it shows the inside of the program to everybody")
    app.config.update(
        SETTINGS=settings,
        PANEL_URL=settings.panel_url,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=500,
        PROPAGATE_EXCEPTIONS=False,
    )
    cookies.prepare(app, settings)
    i18n.prepare(app, settings.timezone)
    errors.prepare(app)
    _prepare_templates(app)
    desk.prepare(app)
    _stand_guard(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.is_simulator_open:
        app.register_blueprint(simulator.blueprint)
    auth.open_to_all(app.view_functions["static"])
    auth.check_every_door(app)
    return app


def _stand_guard(app: Flask) -> None:
    is_secure = bool(app.config["SESSION_COOKIE_SECURE"])
    app.before_request(auth.recognise)
    app.before_request(auth.guard)
    app.before_request(form_guard.guard)

    @app.after_request
    def finish(response: Response) -> Response:
        cookies.settle(response)
        return security_headers.add(response, is_secure=is_secure)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(wording.FILTERS | {"detail_words": audit_words.detail_words})

    # Globals, not a context: macros are imported without one.
    app.jinja_env.globals.update(
        form_token=cookies.form_token,
        links=navigation.links,
        language=i18n.language,
        languages=i18n.NAMES,
        choices=wording.choices,
        assets=_fingerprint_of_assets(Path(app.static_folder or "")),
    )


def _fingerprint_of_assets(folder: Path) -> str:
    """Changes with every change of a style or a script, so that browsers need not ask whether theirs is still good."""
    content = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]
