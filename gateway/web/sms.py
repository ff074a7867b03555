"""Messages as providers hand them over: checked, stored and committed before the answer; understood later."""

import logging

from flask import Blueprint, Response, request

from gateway import clock, log
from gateway.casework import intake
from gateway.casework.intake import Arrival, Received
from gateway.channels import twilio
from gateway.web import storing
from gateway.web.door import Door, door, form_sent, signed_address

blueprint = Blueprint("sms", __name__)

TWILIO_PATH = "/twilio/sms"
# We answer through the outbox, once: what stands in a TwiML answer would go out again with every repeat.
_NOTHING_TO_SAY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


@blueprint.post(TWILIO_PATH)
def twilio_sms() -> Response:
    """One message of Twilio's."""
    here = door()
    inbound = twilio.receive(
        here.twilio, url=signed_address(TWILIO_PATH), headers=dict(request.headers), form=form_sent()
    )
    here.metrics.received.labels(twilio.CHANNEL).inc()
    received = storing.take(here, intake.prepare(inbound, keys=here.keys, now=clock.now()))
    _count(here, twilio.CHANNEL, received)
    return Response(_NOTHING_TO_SAY, content_type="text/xml")


def _count(here: Door, channel: str, received: Received) -> None:
    if received.arrival is Arrival.STORED:
        here.metrics.accepted.labels(channel).inc()
    elif received.arrival is Arrival.REPEATED:
        here.metrics.duplicates.labels(channel).inc()
    else:
        here.metrics.quarantined.labels(received.reason).inc()
        log.event("quarantined", level=logging.WARNING, channel=channel, id=received.message_id, reason=received.reason)
