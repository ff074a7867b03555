"""Joins the parts of long texts as soon as they are there, or when nothing more can be waited for."""

import logging

from gateway import clock, log
from gateway.casework import parts
from gateway.errors import Overtaken
from gateway.records import db
from gateway.vault.current import current
from gateway.vault.seal import SealBroken


def join() -> int:
    """One round; how many parts were settled."""
    settled = 0
    with db.reading() as session:
        keys = parts.due(session, now=clock.now())
    for key in keys:
        try:
            with db.transaction() as session:
                settled += parts.join(session, key, keys=current().inbox(), now=clock.now())
        except Overtaken:
            log.event("job_overtaken", job="join")
        except SealBroken:
            log.event("parts_released", level=logging.ERROR)
            with db.transaction() as session:
                settled += parts.release(session, key)
    return settled
