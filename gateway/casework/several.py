"""The reports of one message: each as a case of its own, with its own words and nothing of the others'."""

from collections.abc import Sequence
from dataclasses import replace

from gateway.casework import personal_codes
from gateway.casework.became import Became
from gateway.casework.case import Case
from gateway.casework.known import Known
from gateway.casework.replies import Wanted
from gateway.texts.catalogue import ReplyKind
from parsers.result import Parsed

_BETWEEN = "; \t\r\n"
# What the one reply says when the reports would each have got another: the first of these that any calls for.
_GATHERED = {
    ReplyKind.ALERT: ReplyKind.SEVERAL_ALERT,
    ReplyKind.MISSING: ReplyKind.SEVERAL_MISSING,
}


def of(case: Case) -> list[Case]:
    """A case for each report of this message, the first one first."""
    return [
        replace(case, parsed=parsed, known=known_of(case.known, number), part=number, reference=reference)
        for number, (parsed, reference) in enumerate(
            zip(apart(case.parsed, case.known), (case.reference, *case.further), strict=True), 1
        )
    ]


def apart(parsed: Parsed, known: Known) -> list[Parsed]:
    """Each report as if it had come alone, so that whoever may see one of them sees no word of another."""
    reports = [_alone(each) for each in (parsed, *parsed.more)] if parsed.more else [parsed]
    return [personal_codes.flagged(each, known.author_of(number)) for number, each in enumerate(reports, 1)]


def known_of(known: Known, number: int) -> Known:
    """What was asked before the message concerns its first report only."""
    if number == 1:
        return known
    return replace(known, project=None, asked_form=None, asked_field=None, asked_reference=None)


def gather(became: Sequence[Became]) -> Became:
    """The message is what its first report became; one reply names them all."""
    first = became[0]
    if len(became) == 1:
        return first
    return replace(first, more=tuple(became[1:]), wanted=_reply_to([each.wanted for each in became if each.wanted]))


def _alone(parsed: Parsed) -> Parsed:
    """Without the signs that parted it from the others."""
    start, end = parsed.spans[0][1], parsed.spans[-1][2]
    end -= len(parsed.text[start:end]) - len(parsed.text[start:end].rstrip(_BETWEEN))
    start += len(parsed.text[start:end]) - len(parsed.text[start:end].lstrip(_BETWEEN))

    def moved(at: int) -> int:
        return min(max(at, start), end) - start

    return parsed._replace(
        text=parsed.text[start:end],
        spans=tuple(
            (name, moved(first), moved(last)) for name, first, last in parsed.spans if moved(first) < moved(last)
        ),
        problems=tuple(each._replace(start=moved(each.start), end=moved(each.end)) for each in parsed.problems),
        more=(),
    )


def _reply_to(wanted: Sequence[Wanted]) -> Wanted | None:
    """Whoever warns of danger is told to be safe and asked for nothing; else what each report lacks is asked for."""
    lacking: dict[str, tuple[int, ...]] = {}
    for each in wanted:
        if each.reference is not None:
            lacking[each.reference] = each.fields if each.kind is ReplyKind.MISSING else lacking.get(each.reference, ())
    if len(lacking) < 2:
        return wanted[0] if wanted else None
    kinds = {each.kind for each in wanted}
    kind = next((gathered for one, gathered in _GATHERED.items() if one in kinds), ReplyKind.SEVERAL)
    return Wanted(kind, next(iter(lacking)), tuple((reference, list(lines)) for reference, lines in lacking.items()))
