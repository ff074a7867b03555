"""The self-test: every hour a text for each of our numbers, and every minute a look at whether it was read."""

import logging

from gateway import clock, log
from gateway.casework import self_tests
from gateway.channels.registry import probes
from gateway.errors import ChannelError
from gateway.records import db
from gateway.settings import Settings
from workers import watch


def send(settings: Settings) -> None:
    """One text for each number, noted before it leaves, so that no arrival is taken for somebody's."""
    for probe in probes(settings):
        provider_id = probe.new_id()
        with db.transaction() as session:
            test_id = self_tests.begin(
                session, channel=probe.channel, our_number=probe.our_number, provider_id=provider_id, now=clock.now()
            ).id
        try:
            probe.send(provider_id, sender=self_tests.SENDER, text=self_tests.text())
        except ChannelError as error:
            log.event("self_test_refused", level=logging.ERROR, channel=probe.channel, id=test_id, reason=error.reason)
            with db.transaction() as session:
                self_tests.refused(session, test_id, error.reason)


def gather(settings: Settings) -> None:
    """Takes out those that were read; an alarm for those that were not."""
    with db.transaction() as session:
        self_tests.gather(session, now=clock.now())
    watch.tell(settings)
