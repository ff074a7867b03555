"""Empties the spool of this machine when its intake is not there to do it."""

from gateway.casework import spool
from gateway.records import db
from gateway.vault.current import current
from workers.shop import shop


def drain() -> int:
    """One batch; how many messages."""
    folder = shop().spool
    if folder is None or spool.count(folder) == spool.refused(folder):
        return 0
    with db.transaction() as session:
        poured = spool.pour(session, folder, keys=current().inbox())
    spool.clear(folder, poured)
    return len(poured.stored)
