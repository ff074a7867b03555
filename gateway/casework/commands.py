"""Words of command: help, stop, start, language, status. None of them discloses, changes or deletes a report."""

from collections.abc import Callable, Mapping

from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.replies import Wanted
from gateway.records.codes import Outcome
from gateway.records.reporter import Reporter
from gateway.texts.catalogue import ReplyKind, catalogues

NEUTRAL = Wanted(ReplyKind.NEUTRAL)


def obey(case: Case) -> Became:
    """Does what little a word can do for the number it came from; all else gets the line that everybody gets."""
    wanted = NEUTRAL
    word = WORDS.get(str(case.fields.get("command")))
    if word is not None and case.reporter is not None:
        wanted = word(case, case.reporter)
    return Became(outcome=Outcome.COMMAND, wanted=wanted)


def _stop(case: Case, reporter: Reporter) -> Wanted:
    if reporter.stopped_at is not None:
        return NEUTRAL
    reporter.stopped_at = case.now
    return Wanted(ReplyKind.STOPPED)


def _start(_case: Case, reporter: Reporter) -> Wanted:
    reporter.stopped_at = None
    return Wanted(ReplyKind.STARTED)


def _language(case: Case, reporter: Reporter) -> Wanted:
    wanted = case.fields.get("value")
    if wanted not in catalogues(case.office.codebook_folder) or reporter.stopped_at is not None:
        return NEUTRAL
    reporter.language = wanted
    return Wanted(ReplyKind.LANGUAGE, language=wanted)


def _help(case: Case, reporter: Reporter) -> Wanted:
    form = case.office.codebook.forms.get(str(case.fields.get("value")))
    if form is None or reporter.stopped_at is not None:
        return NEUTRAL
    return Wanted(ReplyKind.HELP_FORM, fields=tuple(form.by_name[name].number for name in form.required))


WORDS: Mapping[str, Callable[[Case, Reporter], Wanted]] = {
    "stop": _stop,
    "start": _start,
    "language": _language,
    "help": _help,
}
