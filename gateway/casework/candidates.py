"""Meanings that the machine saw and did not choose between: an officer takes one with one click."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from gateway.casework import corrections, fields, own_values, values
from gateway.casework.corrections import Amendment
from gateway.errors import Invalid
from gateway.records.alert import Alert
from gateway.records.correction import Correction
from gateway.records.officer import Officer
from gateway.trust import access
from parsers.codebook.book import Field

MOST = 6
_GUESSED = "guessed_kind"
# In what a problem of the parse object tells, these name candidates; the others quote what was typed.
_TELLING = ("ambiguous_", "conflicting_", "missing_", "unknown_")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that a field may have: what a correction is given, and how it would then count."""

    field: str
    code: str
    given: Mapping[str, Any]
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as an officer takes it; `id` is drawn with the page, so that sending it twice is once."""

    id: str
    field: str
    code: str
    reason: str
    version_seen: int


def of_problem(alert: Alert, problem: Mapping[str, Any]) -> tuple[Candidate, ...]:
    """The candidates that one doubt names, none when it names something else."""
    code, told = str(problem["code"]), str(problem.get("detail", "")).split()
    if code == _GUESSED:
        return tuple(_kinds(told))
    field = str(problem.get("field") or "")
    own = own_values.of_form(fields.own_form(alert), field)
    if not code.startswith(_TELLING) or not fields.may_be_corrected(alert, field):
        return ()
    known, quoted = values.codes(own.values if own else field), told
    told = _spelt_out(known, quoted)
    find = _candidate if own is None else partial(_own_candidate, own)
    is_list = own.is_list if own is not None else field in values.LISTS
    found = [find(field, (one,)) for one in dict.fromkeys(told)]
    if is_list and len(found) > 1 and told == quoted:
        found.append(find(field, tuple(dict.fromkeys(told))))
    # One word that is no candidate shows that the words were quoted, not offered.
    return tuple(each for each in found if each)[:MOST] if all(found) else ()


def accept(session: Session, alert_id: str, choice: Choice, *, officer: Officer, now: datetime) -> Correction:
    """Makes one of the candidates the officer's correction; nothing that the machine did not offer is taken."""
    alert = access.find_alert(session, officer, alert_id)
    problems = (alert.parsed or {}).get("problems", ())
    offered = (each for problem in problems for each in of_problem(alert, problem))
    chosen = next((each for each in offered if (each.field, each.code) == (choice.field, choice.code)), None)
    if chosen is None:
        raise Invalid(choice.field, "choose")
    amendment = Amendment(choice.id, chosen.field, dict(chosen.given), choice.reason, choice.version_seen)
    return corrections.correct(session, alert_id, amendment, officer=officer, now=now)


def _spelt_out(known: tuple[str, ...], told: list[str]) -> list[str]:
    """`maa` names no party of the list, but both of its branches, `maa_cma` and `maa_plateforme`."""
    found: list[str] = []
    for one in told:
        branches = [code for code in known if one in code.split("_")] if one not in known else []
        found += branches or [one]
    return found


def _candidate(field: str, codes: tuple[str, ...]) -> Candidate | None:
    try:
        given = _given(field, codes)
        return Candidate(field, " ".join(codes), given, values.check(field, given, today=date.max))
    except (Invalid, ValueError):
        return None


def _given(field: str, codes: tuple[str, ...]) -> dict[str, Any]:
    if field == "date":
        return {"date_from": date.fromisoformat(codes[0])}
    return {field: list(codes) if field in values.LISTS else codes[0]}


def _own_candidate(own: Field, field: str, codes: tuple[str, ...]) -> Candidate | None:
    """Of a number or free words nothing is offered: what was doubted is quoted there."""
    if own.reader not in ("choices", "places"):
        return None
    name = own_values.known_as(own) or own_values.VALUE
    given = {name: list(codes) if own.is_list else codes[0]}
    try:
        return Candidate(field, " ".join(codes), given, own_values.check(own, given, today=date.max))
    except Invalid:
        return None


def _kinds(told: list[str]) -> list[Candidate]:
    kind = {corrections.KIND: told[0]} if told else {}
    if kind.get(corrections.KIND) not in corrections.READ_KINDS:
        return []
    return [Candidate(corrections.KIND, told[0], kind, kind)]
