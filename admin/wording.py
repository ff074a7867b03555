"""How codes, times and texts are shown: one table of words for codes, and the filters of the templates."""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum

from flask_babel import format_date, format_datetime, format_timedelta, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from gateway import clock
from gateway.records import codes, states
from gateway.trust.accounts import Reason
from parsers.codebook import gazetteer

_ = lazy_gettext
REFUSALS: Mapping[str, LazyString] = {
    "not_your_role": _("Your role does not open this page."),
    "own_account": _("Nobody changes their own rights. Another administrator has to do it."),
    "last_administrator": _("This is the last active administrator. Name another one first."),
    "not_administrator": _("Only an administrator may do this."),
}
# The reasons of gateway.errors.Invalid.
PROBLEMS: Mapping[str, LazyString] = {
    "length": _("The password must have 15 to 128 characters."),
    "name": _("The password must not contain your name."),
    "common": _("This password is one of those that are tried first. Choose another."),
    "letters": _("Only plain letters, digits, points and hyphens, please; 3 to 32 of them."),
    "reserved": _("This name is reserved. Choose another."),
    "taken": _("There is an officer with this name, or one that looks the same."),
}
_WORDS: Mapping[type[StrEnum], Mapping[str, LazyString]] = {
    codes.Role: {
        "regional": _("Regional officer"),
        "focal_point": _("Focal point"),
        "technical": _("Technical level"),
        "final": _("Final level"),
        "conduct": _("Conduct unit"),
        "monitoring": _("Project monitoring"),
        "administrator": _("Administrator"),
    },
    codes.Level: {
        "focal_point": _("Focal point"),
        "technical": _("Technical level"),
        "final": _("Final level"),
    },
    codes.AlertKind: {
        "incident": _("Incident report"),
        "alert": _("Early warning"),
        "release": _("Release report"),
        "unknown": _("Not understood"),
        "unprocessed": _("Could not be processed"),
    },
    codes.ViolationType: {
        "killing": _("Killing of children"),
        "maiming": _("Maiming of children"),
        "recruitment": _("Recruitment or use of children"),
        "sexual_violence": _("Sexual violence against children"),
        "abduction": _("Abduction of children"),
        "attack_on_schools": _("Attack on a school"),
        "attack_on_hospitals": _("Attack on a hospital"),
        "denial_humanitarian_access": _("Denial of humanitarian access"),
        "military_use": _("Military use of a school or hospital"),
        "deprivation_liberty": _("Deprivation of liberty"),
    },
    codes.AnswerKind: {
        "completion": _("Missing detail"),
        "correction": _("Correction"),
        "cancellation": _("Cancellation"),
    },
    codes.SourceCategory: {
        "primary_victim": _("Primary: the victim"),
        "primary_witness": _("Primary: a witness"),
        "primary_alleged_perpetrator": _("Primary: the alleged perpetrator"),
        "secondary": _("Secondary"),
    },
    codes.SourceType: {
        "oral_testimony": _("Oral testimony"),
        "written_statement": _("Written statement"),
        "document": _("Document"),
        "photograph": _("Photograph"),
        "video_material": _("Video"),
        "direct_observation_by_mrm_monitor": _("Seen by a monitor"),
        "satellite_images": _("Satellite images"),
        "physical_evidence": _("Physical evidence"),
        "body_injuries_scars": _("Injuries or scars"),
        "text_or_call": _("Text message or call"),
        "other": _("Other"),
    },
    codes.Grade: {
        "high": _("High"),
        "medium": _("Medium"),
        "low": _("Low"),
        "unassessed": _("Not assessed yet"),
    },
    codes.VictimKind: {"individual": _("One child"), "group": _("A group")},
    codes.Sex: {"female": _("Girl"), "male": _("Boy"), "mixed": _("Boys and girls"), "unknown": _("Not known")},
    codes.ReplyMode: {
        "neutral": _("Receipt only"),
        "readback": _("Receipt and what was understood"),
        "silent": _("No reply"),
    },
    codes.Outcome: {
        "alert": _("Alert"),
        "response": _("Project answer"),
        "feedback": _("Complaint"),
        "answer": _("Answer to a question"),
        "command": _("Command"),
        "network": _("From the phone company"),
        "reading": _("Reading tray"),
        "training": _("Training"),
    },
    states.MessageState: {
        "received": _("Received"),
        "processing": _("Being read"),
        "waiting_parts": _("Waiting for its other parts"),
        "done": _("Read"),
        "duplicate": _("Came twice"),
        "quarantined": _("Set apart"),
        "dead": _("Could not be processed"),
        "erased": _("Erased"),
    },
    states.AlertStatus: {
        "new": _("New"),
        "triaged": _("Looked at"),
        "in_incident": _("In an incident"),
        "handled": _("Handled"),
        "not_mrm": _("Not a grave violation"),
        "duplicate": _("Reported twice"),
        "referred_out": _("Referred to others"),
    },
    states.IncidentStatus: {"open": _("Open"), "closed": _("Closed"), "duplicate": _("Reported twice")},
    states.VerificationStatus: {
        "report_pending_verification": _("To be verified"),
        "focal_point_assessed": _("Assessed by the focal point"),
        "technical_agreed": _("Agreed at technical level"),
        "verified": _("Verified"),
        "reported_not_verified": _("Reported, not verified"),
        "verification_found_that_incident_did_not_occur": _("Did not take place"),
        "not_mrm": _("Not a grave violation"),
    },
    states.ReplyState: {
        "pending": _("Waiting to be sent"),
        "sending": _("Being sent"),
        "sent": _("Sent"),
        "delivered": _("Delivered"),
        "failed": _("Not delivered"),
        "unknown": _("Unknown whether it was sent"),
        "suppressed": _("Held back"),
    },
    states.AnswerStatus: {
        "waiting": _("Waiting"),
        "accepted": _("Accepted"),
        "set_aside": _("Set aside"),
    },
    states.FeedbackStatus: {"new": _("New"), "in_progress": _("In progress"), "closed": _("Closed")},
    Reason: {
        "lost_telephone": _("The telephone was lost or replaced"),
        "forgotten_password": _("The password was forgotten"),
        "left": _("Has left the service"),
        "away": _("Is away for a time"),
        "returned": _("Has come back"),
        "suspicion": _("The account may be in other hands"),
        "error": _("It was done by mistake"),
    },
}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def label(code: StrEnum) -> str:
    """The words for a code, in the language of the page."""
    return str(_WORDS[type(code)][code.value])


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Every code of a list with its words, for a form."""
    return [(code.value, label(code)) for code in kind]


def role_labels(roles: list[str]) -> str:
    """The roles of an officer in words."""
    return ", ".join(label(codes.Role(role)) for role in roles) or gettext("none")


def region_names(regions: list[str]) -> str:
    """The names of the regions an officer is given."""
    places = gazetteer.load()
    named = (places.get(code) for code in regions)
    return ", ".join(place.name for place in named if place) or gettext("none")


def visible(text: str | None) -> str:
    """A text with its hidden characters made visible, so that what is shown is what was sent."""
    return "".join(_shown(character) for character in text or "")


def moment(at: datetime | None) -> str:
    """Day and time, in the zone of the settings."""
    return format_datetime(at, "d MMM y HH:mm") if at else "–"


def day(on: date | None) -> str:
    """A day."""
    return format_date(on, "d MMM y") if on else "–"


def ago(at: datetime | None) -> str:
    """How long ago, in words."""
    return format_timedelta(at.astimezone(UTC) - clock.now(), add_direction=True, granularity="minute") if at else "–"


def _shown(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and character not in _BIDI):
        return character
    number = ord(character)
    if number < 0x20:
        return chr(0x2400 + number)
    if unicodedata.category(character) in ("Zs", "Zl", "Zp"):
        return " "
    # Joiners are part of ordinary words in N'Ko and Arabic; alone they would only be noise here.
    return "" if number == 0x200D else f"⟨U+{number:04X}⟩"


FILTERS = {
    "label": label,
    "role_labels": role_labels,
    "region_names": region_names,
    "visible": visible,
    "moment": moment,
    "day": day,
    "ago": ago,
}
