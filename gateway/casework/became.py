"""What a message became, in short: for its row, and for its reply."""

from dataclasses import dataclass

from gateway.casework.replies import Wanted
from gateway.records.codes import Outcome


@dataclass(frozen=True, kw_only=True)
class Became:
    """`reference` is the one drawn for this message, if one was; `wanted` is None where no answer is due at all.

    `more` is what the other reports of the same message became.
    """

    outcome: Outcome
    outcome_id: str | None = None
    reference: str | None = None
    wanted: Wanted | None = None
    more: tuple["Became", ...] = ()
