"""The evidence rule: how much must stand behind a violation before a level may move it forward."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from gateway.errors import Refused
from gateway.records.codes import Grade
from gateway.records.source import Source

TRUSTED = frozenset({Grade.HIGH, Grade.MEDIUM})
SECONDARY_NEEDED = 2


class EvidenceThin(Refused):
    """Not enough assessed sources stand behind the violation."""

    code = "evidence_thin"


def is_trusted(source: Source) -> bool:
    """Both the source and what it says were assessed, and neither is low."""
    return source.reliability in TRUSTED and source.credibility in TRUSTED


def is_enough(sources: Iterable[Source]) -> bool:
    """One trusted primary source, or two trusted secondary ones that did not come in the same message."""
    trusted = [source for source in sources if is_trusted(source)]
    return any(source.is_primary for source in trusted) or len(set(map(_origin, trusted))) >= SECONDARY_NEEDED


def _origin(source: Source) -> str:
    """Several reports of one message are one voice."""
    return (source.alert.message_id if source.alert else None) or source.id


def check(sources: Iterable[Source]) -> None:
    """Raises EvidenceThin, saying what is needed."""
    if not is_enough(sources):
        raise EvidenceThin("Link one assessed primary source that is not low, or two such secondary sources.")


def snapshot(sources: Iterable[Source]) -> dict[str, Any]:
    """The sources as they stand now, as codes and ids, to be kept with a decision."""
    sources = list(sources)
    return {
        "by_category": dict(Counter(source.category.value for source in sources)),
        "trusted_primary": sum(is_trusted(source) and source.is_primary for source in sources),
        "trusted_secondary": sum(is_trusted(source) and not source.is_primary for source in sources),
        "un_eyewitness": any(source.is_un_eyewitness for source in sources),
        "sources": [
            {"id": source.id, "reliability": source.reliability.value, "credibility": source.credibility.value}
            for source in sources
        ],
    }
