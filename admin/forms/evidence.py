"""The forms of violations, sources and victims: each read into the frozen value that its use case takes."""

from typing import Any

from admin.forms.desk import version
from admin.forms.strict import Form
from gateway.casework import details
from gateway.casework.sources import Told
from gateway.casework.values import MOST_CHILDREN, OLDEST
from gateway.casework.victims import Described
from gateway.casework.violations import SEXES, Count, Facts
from gateway.records.codes import Grade, Sex, SourceCategory, SourceType, VictimKind, ViolationType

SOURCE = ("category", "type", "reliability", "credibility", "is_un_eyewitness", "may_be_contacted", "may_be_shared",
          "collected_on", "note")  # fmt: skip
VICTIM = ("kind", "sex", "age_min", "age_max", "is_age_estimated", "size", "is_size_estimated", "may_be_contacted",
          "may_be_reported", "note")  # fmt: skip


def read_facts(violation_type: ViolationType) -> tuple[Form, Facts | None, int]:
    """What the officers hold about a violation; the fields of its type are those of the data file."""
    own = details.of_type(violation_type)
    single = [each.name for each in own if each.kind != "many"]
    counts = [name for sex in SEXES for name in (sex, f"is_{sex}_estimated")]
    many = ("parties", *(each.name for each in own if each.kind == "many"))
    form = Form.sent(*counts, "age_min", "age_max", "version", *single, many=many)
    facts = Facts(
        counts={sex: _count(form, sex) for sex in SEXES},
        age_min=form.whole("age_min", lowest=0, highest=OLDEST, is_needed=False),
        age_max=form.whole("age_max", lowest=0, highest=OLDEST, is_needed=False),
        parties=tuple(form.lists["parties"]),
        details={each.name: _answer(form, each) for each in own},
    )
    seen = version(form)
    return form, None if form.problems else facts, seen


def read_source(*more: str) -> tuple[Form, Told | None]:
    """What an officer writes about a source."""
    form = Form.sent(*SOURCE, *more, many=("violations",))
    category, source_type = form.choice("category", SourceCategory), form.choice("type", SourceType)
    reliability, credibility = form.choice("reliability", Grade), form.choice("credibility", Grade)
    collected_on = form.day("collected_on", is_needed=False)
    if form.problems or not (category and source_type and reliability and credibility):
        return form, None
    told = Told(
        category=category,
        type=source_type,
        reliability=reliability,
        credibility=credibility,
        is_un_eyewitness=form.is_ticked("is_un_eyewitness"),
        may_be_contacted=form.is_ticked("may_be_contacted"),
        may_be_shared=form.is_ticked("may_be_shared"),
        collected_on=collected_on,
        note=form.raw("note"),
        violation_ids=tuple(form.lists["violations"]),
    )
    return form, told


def read_victim(more: str) -> tuple[Form, Described | None]:
    """What is known of a child or a group."""
    form = Form.sent(*VICTIM, more, many=("violations",))
    kind, sex = form.choice("kind", VictimKind), form.choice("sex", Sex)
    age_min = form.whole("age_min", lowest=0, highest=OLDEST, is_needed=False)
    age_max = form.whole("age_max", lowest=0, highest=OLDEST, is_needed=False)
    size = form.whole("size", lowest=1, highest=MOST_CHILDREN, is_needed=False)
    if form.problems or kind is None or sex is None:
        return form, None
    described = Described(
        kind=kind,
        sex=sex,
        age_min=age_min,
        age_max=age_max,
        is_age_estimated=form.is_ticked("is_age_estimated"),
        size=size or 1,
        is_size_estimated=form.is_ticked("is_size_estimated"),
        may_be_contacted=form.is_ticked("may_be_contacted"),
        may_be_reported=form.is_ticked("may_be_reported"),
        note=form.raw("note"),
        violation_ids=tuple(form.lists["violations"]),
    )
    return form, described


def _count(form: Form, sex: str) -> Count:
    number = form.whole(sex, lowest=0, highest=MOST_CHILDREN, is_needed=False) or 0
    return Count(number, form.is_ticked(f"is_{sex}_estimated"))


def _answer(form: Form, detail: details.Detail) -> Any:
    if detail.kind == "many":
        return form.lists[detail.name]
    if detail.kind == "number":
        return form.whole(detail.name, lowest=0, highest=details.LARGEST, is_needed=False)
    if detail.kind == "day":
        return form.day(detail.name, is_needed=False)
    return form.raw(detail.name)
