"""How a long text is handed over: whole, as most networks do, or in parts that overtake one another or get lost."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from gateway.channels.contract import Inbound, Part
from gateway.texts import gsm


class Manner(StrEnum):
    """What the simulated network does to a text that is longer than one message."""

    WHOLE = "whole"
    SHUFFLED = "shuffled"
    GAPPED = "gapped"


def handed_over(typed: Inbound, manner: Manner) -> Sequence[Inbound]:
    """The text as the network hands it over, in that order: the last part first, or with one that never comes."""
    bodies = gsm.cut(typed.body)
    if manner is Manner.WHOLE or len(bodies) == 1:
        return [typed]
    reference = str(secrets.randbelow(256))
    parts = [
        replace(typed, body=body, part=Part(reference=reference, number=number, total=len(bodies)))
        for number, body in enumerate(bodies, start=1)
    ]
    if manner is Manner.GAPPED:
        del parts[len(parts) // 2]
    return parts[::-1]
