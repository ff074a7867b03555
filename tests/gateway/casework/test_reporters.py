"""Reporters are found again by number, and the number stands nowhere in the clear."""

import re
import threading

from gateway import clock
from gateway.casework import reporters
from gateway.records import db
from gateway.records.reporter import Reporter

NUMBER = "+22370000042"


def test_a_number_is_the_same_reporter_each_time(database, open_vault):
    with db.transaction() as session:
        first = reporters.find_or_create(session, NUMBER, now=clock.now())
    with db.transaction() as session:
        assert reporters.find_or_create(session, NUMBER, now=clock.now()).id == first.id
        assert reporters.find(session, NUMBER).number == NUMBER
        assert reporters.find(session, "+22370000043") is None
    assert re.fullmatch(r"Relais-[2-9A-HJ-NP-Z]{5}", first.pseudonym)
    assert not first.is_registered


def test_the_number_stands_nowhere_in_the_clear(database, open_vault):
    with db.transaction() as session:
        reporters.find_or_create(session, NUMBER, now=clock.now())
    with db.engine().connect() as connection:
        row = connection.exec_driver_sql("SELECT * FROM reporters").one()
    stored = b"|".join(bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row)
    assert NUMBER[4:].encode() not in stored


def test_two_workers_who_meet_a_new_number_end_with_one_reporter(database, open_vault):
    gate, found, errors = threading.Barrier(6), [], []

    def meet():
        gate.wait()
        try:
            with db.transaction() as session:
                found.append(reporters.find_or_create(session, NUMBER, now=clock.now()).id)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=meet) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (errors, len(set(found))) == ([], 1)
    with db.reading() as session:
        assert session.query(Reporter).count() == 1
