"""The words of the simulator page: its phones, what a text was understood as, and why no answer came."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from admin import own_forms
from admin.desk_values import field_words, value_words
from gateway import codebook
from gateway.casework.fields import PARTS
from parsers.result import Parsed

NAMES = {
    "relay": _("Relay near Gao"),
    "readback": _("Relay with read-back"),
    "stranger": _("Unknown number"),
    "trainee": _("Relay in training"),
    "beneficiary": _("Beneficiary of a project"),
    "english": _("English speaker"),
    "stopped": _("Somebody who said STOP"),
}
ABOUT = {
    "relay": _("A community relay we know. Gets short, neutral answers."),
    "readback": _("A relay set to read-back: the answer repeats what was understood, in codes of the card."),
    "stranger": _("Nobody has registered this number."),
    "trainee": _("Everything from this phone is training: answered, never counted, never in the queue."),
    "beneficiary": _("Known to live near project GAO-23-004, so the code may be left out."),
    "english": _("Writes in English and is answered in English."),
    "stopped": _("Gets no answers until it sends REPRISE or START. What it sends still arrives."),
}
MANNERS = {
    "whole": _("In one piece"),
    "shuffled": _("In parts, the last one first"),
    "gapped": _("In parts, and one gets lost: read after a quarter of an hour"),
}
KINDS = {
    "incident": _("Report on a child"),
    "incomplete": _("Incomplete"),
    "several": _("Two reports in one text"),
    "borrowed": _("With the personal code of the relay near Gao, from any phone"),
    "alert": _("Early warning"),
    "release": _("Children released"),
    "project": _("Project"),
    "complaint": _("Complaint"),
    "unknown": _("Free text"),
    "command": _("Command"),
    "training": _("Test message"),
    "network": _("Phone company"),
    "answer": _("Answer to a report"),
}
STATES = {
    "complete": (_("All understood"), "good"),
    "check": (_("A person must look"), "warn"),
    "unreadable": (_("Not readable"), "bad"),
}
SILENCES = {
    "silent": _("No answer: this phone is set to silence."),
    "stopped": _("No answer: this phone has said STOP."),
    "late": _("No answer: it could not leave for a day, and nobody waits for it any more."),
    "stranger": _("No answer: this office does not answer unknown numbers."),
    "loop": _("No answer: this phone had five answers within half an hour, so we stop, as with an answering machine."),
}
PROJECT_FIELDS = {
    "project": _("Project"),
    "functional": _("Does it work"),
    "who_benefits": _("Who benefits"),
    "women_access": _("Women's access"),
    "committee": _("Committee active"),
    "tension": _("Tension"),
    "rating": _("Satisfaction"),
    "problem": _("Problem"),
    "command": _("Command"),
    "ref": _("Reference"),
    "value": _("Value"),
}


def told(parsed: Parsed) -> list[tuple[str, str]]:
    """Each field that was understood, with its value in words; the codes of the card where it has none."""
    fields: Any = parsed.as_dict()["fields"]
    if codebook.own_form(parsed.kind):
        return [(asked, words) for _name, asked, words in own_forms.told(parsed.kind, fields)]
    found = [(field_words(name), value_words(name, fields)) for name in PARTS]
    found += [(str(label), _code(fields[name])) for name, label in PROJECT_FIELDS.items() if name in fields]
    return [(label, words) for label, words in found if words]


def doubts(parsed: Parsed) -> list[str]:
    """What a person must look at, in sentences, each once."""
    problems: Any = parsed.as_dict()["problems"]
    return list(dict.fromkeys(own_forms.doubt(each, parsed.kind) for each in problems if each["severity"] == "check"))


def _code(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


WORDS: Mapping[str, Any] = {
    "names": NAMES,
    "about": ABOUT,
    "kinds": KINDS,
    "manners": MANNERS,
    "states": STATES,
    "silences": SILENCES,
    "own_title": own_forms.title,
    "told": told,
    "doubts": doubts,
}
