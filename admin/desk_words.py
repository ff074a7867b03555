"""The words of the desk: fields of the card, their codes, what the machine doubted, and why a value is refused."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext
FIELDS: Mapping[str, LazyString] = {
    "kind": _("Kind of report"),
    "violation": _("Violation"),
    "threat": _("Threat"),
    "how": _("How they got free"),
    "children": _("Children"),
    "age": _("Ages"),
    "place": _("Place"),
    "date": _("Date"),
    "party": _("Alleged party"),
    "source": _("How they know"),
    "needs": _("Urgency and needs"),
    "note": _("Note"),
    "unread": _("Not understood"),
    "sex": _("Boys or girls"),
    "project": _("Project"),
}
# The questions of the card for projects.
QUESTIONS: Mapping[str, LazyString] = {
    "functional": _("Does it work?"),
    "who_benefits": _("Who benefits?"),
    "women_access": _("Do women have access?"),
    "committee": _("Is the committee active?"),
    "tension": _("Tension in the community"),
    "rating": _("Satisfaction, 1 to 5"),
    "problem": _("Problems"),
}
VALUES: Mapping[str, Mapping[str, LazyString]] = {
    "threat": {
        "attack": _("Attack"),
        "displacement": _("Displacement"),
        "recruitment_drive": _("Recruitment drive"),
        "movement": _("Movement of armed people"),
        "explosive": _("Mine or explosive"),
        "community_tension": _("Tension between communities"),
    },
    "how": {"handover": _("Handed over"), "escaped": _("Escaped"), "released": _("Released")},
    "source": {
        "witness": _("Saw it"),
        "victim": _("The victim or the family"),
        "secondary": _("Heard of it"),
        "document": _("A document"),
    },
    "needs": {
        "medical": _("Medical care"),
        "evacuation": _("Evacuation"),
        "protection": _("Protection"),
        "family_tracing": _("Family tracing"),
    },
}
LEVELS: Mapping[str, LazyString] = {
    "region": _("region"),
    "cercle": _("cercle"),
    "commune": _("commune"),
    "town": _("town"),
    "village": _("village"),
}
CHANNELS: Mapping[str, LazyString] = {
    "twilio": _("Text message"),
    "twilio_voice": _("Call"),
    "kannel": _("Text message by the operator"),
    "android": _("Text message by our own phone"),
    "africastalking": _("Text message, Africa's Talking"),
    "simulator": _("Simulator"),
}
PROBLEMS: Mapping[str, LazyString] = {
    "unknown_place": _("This place is not in the list of places."),
    "unknown_party": _("This party is not in the registry."),
    "approximate_place": _("The place is only given as near another one."),
    "future_date": _("The date has not come yet."),
    "impossible_date": _("This date does not exist."),
    "negated": _("Something is denied in the text: it may mean the opposite."),
    "adult": _("An age of 18 or more is given."),
    "unread": _("These words were not understood."),
    "truncated": _("The message may have been cut off."),
    "corrected_keyword": _("The first word was misspelt and read as the nearest one."),
    "guessed_kind": _("No word at the beginning says what kind of report this is: the machine guessed."),
    "invalid_ref": _("The reference in the text is not one of ours."),
    "ambiguous_sex": _("G may be a boy or a girl here."),
    "empty": _("The message is empty."),
    "content_lost": _("The telephone company says that this was sent, but nothing of its content has come."),
    "call_lost": _("Somebody called, and nobody answered: what was to be said is not known."),
    "part_missing": _("A part of this message never came: in the text, [...] stands in its place."),
    "parts_mixed": _("Parts of two long messages came together: one may hold a part of the other."),
    "parts_guessed": _("Put together from texts that came one after the other."),
    "part_header": _("The network calls this a part of a message, in a way that cannot be."),
    "assumed_project": _("No project was named: it is the only one this sender is enrolled in."),
    "repeated_keyword": _("There may be more than one report in this message."),
    "repeated_report": _("Another report of the same message says the same."),
    "assumed_kind": _("No keyword was given: it was read as the kind of the report before it in the message."),
    "other_phone": _("Sent from somebody else's phone, with the personal code of a reporter we know."),
    "unknown_code": _("The personal code in front is not one of ours: nobody knows who wrote this."),
    "unknown_value": _("The value is not one of the list."),
    "corrected_ref": _("The reference was misspelt; only one of ours is as near."),
    "missing_ref": _("The reference of the report to be corrected is missing."),
    "missing_field": _("It is not said which field is to be corrected."),
    "missing_value": _("It is not said what is right."),
}
BEGINNINGS: Mapping[str, LazyString] = {
    "missing_": _("Missing: %(field)s."),
    "ambiguous_": _("Several meanings are possible: %(field)s."),
    "repeated_": _("Given more than once: %(field)s."),
    "conflicting_": _("Two statements do not agree: %(field)s."),
    "out_of_range_": _("Hardly possible: %(field)s."),
    "corrected_": _("A misspelling was put right: %(field)s."),
    "unknown_": _("Not in the list: %(field)s."),
}
# The reasons of gateway.errors.Invalid.
REASONS: Mapping[str, LazyString] = {
    "missing": _("Please fill this in."),
    "too_long": _("This is too long: at most ten thousand characters."),
    "choose": _("Please choose from the list."),
    "number": _("Please give whole numbers."),
    "a_number": _("Please give a number."),
    "project_code": _("A project has a code like GAO-22-014."),
    "out_of_range": _("This number is not possible here."),
    "unknown_place": _("No place of the list has this name. Write it as the list does, or its code."),
    "several_places": _("Several places have this name. Choose one below."),
    "outside_scope": _("This place is outside your regions."),
    "in_future": _("This day has not come yet."),
    "too_early": _("This day is too long ago."),
    "wrong_order": _("The end is before the beginning."),
    "before_incident": _("This day is before the incident."),
    "unknown_reference": _("No record with this reference was found."),
    "not_open": _("The incident is not open."),
    "by_incident": _("A report enters or leaves an incident by itself, not by its status."),
    "not_in_incident": _("This report is part of no incident."),
    "taken_out": _("Its report was taken out of this incident: it supports nothing here until it is put back."),
    "by_hand": _("This cannot be accepted with one press: do what it calls for by hand, then set it aside."),
    "unknown_field": _("This field does not belong here."),
    "unknown": _("This was not understood."),
}
# The codes of gateway.errors.Refused.
REFUSALS: Mapping[str, LazyString] = {
    "claimed_by_other": _("Another officer is working on this report."),
    "wrong_role": _("This level is decided by officers with another role."),
    "same_person": _("You took the first decision: a second person has to take this one."),
    "own_report": _("You reported this yourself: another officer has to decide."),
    "incident_not_open": _("The incident is not open: nothing is decided on it."),
    "evidence_thin": _("Not enough evidence: link one primary source, or two secondary ones, assessed and not low."),
    "decided": _("This violation is decided. It has to be reopened before it can be changed."),
    "already_decided": _(
        "A decision was taken in this incident. The violation has to go back to the beginning before a report leaves."
    ),
    "not_found": _("The incident is outside your regions."),
}
