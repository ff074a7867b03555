"""Reading several messages together: as many as can in one transaction, and what breaks it by itself."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from gateway import clock, failpoint
from gateway.casework import reading
from gateway.casework.reading import Understood
from gateway.casework.turns import Claim
from gateway.dispatch import Job
from gateway.records import db
from parsers.result import Parsed
from workers.failing import note, tried
from workers.shop import Shop

Parse = Callable[..., Parsed]


def read(claims: Sequence[Claim], shop: Shop, parse: Parse) -> bool:
    """Understands these messages and settles them; False when not even a failure could be written down."""
    error = tried(lambda: _read(claims, shop, parse))
    if error is None:
        return True
    if len(claims) == 1:
        return note(Job.READ, claims[0], reading.fail, error)
    # Whatever it was, it takes nobody else along: each has its own transaction now.
    return all(read([claim], shop, parse) for claim in claims)


def _read(claims: Sequence[Claim], shop: Shop, parse: Parse) -> None:
    with db.reading() as session:
        opened, broken = reading.open_many(session, claims, shop.office)
    codebook = shop.office.codebook_folder
    understood = [
        Understood(each, parse(each.body, received_on=each.received_on, reporter=each.context, codebook=codebook))
        for each in opened
    ]
    failed: list[tuple[Claim, Exception]] = [*broken]
    if understood:
        with db.transaction() as session:
            failed += _settle(session, understood, shop)
        failpoint.hit("case_after_commit")
    for claim, error in failed:
        note(Job.READ, claim, reading.fail, error)


def _settle(session: Session, understood: Sequence[Understood], shop: Shop) -> list[tuple[Claim, Exception]]:
    """All in one go; should one stand in the way, each behind a savepoint of its own, so that it alone is taken back.

    The savepoints cost more than the rest together, so they are made only once something went wrong.
    """

    def settle(some: Sequence[Understood]) -> None:
        with session.begin_nested():
            reading.settle_many(session, some, office=shop.office, now=clock.now())

    if tried(lambda: settle(understood)) is None:
        return []
    each_alone = [(one.opened.claim, tried(lambda one=one: settle([one]))) for one in understood]  # type: ignore[misc]
    return [(claim, error) for claim, error in each_alone if error is not None]
