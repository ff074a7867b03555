"""The forms of the desk: each read into the frozen value that its use case takes."""

from admin.desk_words import LEVELS, REASONS
from admin.forms.strict import Form
from gateway.casework import places
from gateway.casework.alerts import Triage
from gateway.casework.incidents import Draft, Move
from gateway.casework.openings import Joining
from gateway.casework.verification import Decision
from gateway.errors import Invalid
from gateway.records.codes import Level, ViolationType
from gateway.records.states import AlertStatus, IncidentStatus, VerificationStatus

HIGHEST_VERSION = 1_000_000
DRAFT = ("place", "place_code", "place_note", "happened_from", "happened_to", "is_date_estimated", "account",
         "public_account")  # fmt: skip


def version(form: Form) -> int:
    """The version that was before the officer's eyes."""
    return form.whole("version", lowest=1, highest=HIGHEST_VERSION) or 0


def note_refusal(form: Form, refusal: Invalid) -> None:
    """Puts what a use case refused beside its field."""
    form.problems[refusal.field] = REASONS.get(refusal.reason, REASONS["unknown"])


def read_triage() -> tuple[Form, Triage | None]:
    """Where an alert goes, and why."""
    form = Form.sent("status", "reason", "duplicate_of", "version")
    status, seen = form.choice("status", AlertStatus), version(form)
    reason, original = form.raw("reason"), form.text("duplicate_of", longest=20, is_needed=False)
    if form.problems or status is None:
        return form, None
    return form, Triage(status, reason, seen, original)


def read_leaving() -> tuple[Form, int]:
    """Why a report leaves its incident; the version that was seen."""
    form = Form.sent("reason", "version")
    form.raw("reason")
    return form, version(form)


def read_version() -> tuple[Form, int]:
    """The version that was seen, and nothing else."""
    form = Form.sent("version")
    return form, version(form)


def read_joining() -> tuple[Form, Joining | None]:
    """The violations an officer sees in an alert."""
    form = Form.sent("version", many=("types",))
    types, seen = form.choices("types", ViolationType), version(form)
    return form, None if form.problems else Joining(seen, types)


def read_draft(*more: str, many: tuple[str, ...] = ()) -> tuple[Form, Draft | None]:
    """What an officer writes about an incident."""
    form = Form.sent(*DRAFT, *more, many=many)
    draft = Draft(
        place=place_code(form),
        place_note=form.raw("place_note"),
        happened_from=form.day("happened_from", is_needed=False),
        happened_to=form.day("happened_to", is_needed=False),
        is_date_estimated=form.is_ticked("is_date_estimated"),
        account=form.raw("account"),
        public_account=form.raw("public_account"),
    )
    return form, None if form.problems else draft


def place_code(form: Form) -> str | None:
    """The code of the place that was typed or, of several with its name, chosen."""
    typed = form.raw("place_code").strip() or form.raw("place").strip()
    if not typed:
        return None
    found = places.find(typed[:200])
    if len(found) == 1:
        return found[0].pcode
    form.problems["place"] = REASONS["several_places" if found else "unknown_place"]
    return None


def places_meant(form: Form | None) -> list[tuple[str, str]]:
    """The places that may be meant by a name that several have."""
    if form is None or "place" not in form.problems:
        return []
    found = places.find(form.given.get("place", "")[:200])
    if len(found) < 2:
        return []
    return [(place.pcode, f"{places.name(place.pcode)}, {LEVELS[place.level]}") for place in found[:12]]


def read_move() -> tuple[Form, Move | None]:
    """The end of an incident, or its reopening."""
    form = Form.sent("status", "reason", "original", "version")
    status, seen = form.choice("status", IncidentStatus), version(form)
    original = form.text("original", longest=20, is_needed=False)
    if form.problems or status is None:
        return form, None
    return form, Move(status, form.raw("reason"), seen, original)


def read_decision() -> tuple[Form, Decision | None]:
    """A decision on a violation: the level and the status are one choice on the page."""
    form = Form.sent("choice", "decided_on", "reason", "note", "version")
    level, _, status = form.raw("choice").partition(":")
    seen, decided_on = version(form), form.day("decided_on")
    if level not in set(Level) or status not in set(VerificationStatus):
        form.problems["choice"] = REASONS["choose"]
    if form.problems or decided_on is None:
        return form, None
    reason, note = form.raw("reason"), form.raw("note")
    return form, Decision(Level(level), VerificationStatus(status), decided_on, reason, note, seen)
