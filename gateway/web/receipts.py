"""Delivery receipts: what became of our replies."""

from flask import Blueprint, Response, request

from gateway import clock
from gateway.casework import receipts
from gateway.channels import twilio
from gateway.records.db import transaction
from gateway.web.door import door, form_sent, signed_address

blueprint = Blueprint("receipts", __name__)

TWILIO_PATH = "/twilio/status"


@blueprint.post(TWILIO_PATH)
def twilio_status() -> Response:
    """One receipt of Twilio's; the same answer whatever it did."""
    receipt = twilio.receipt(
        door().twilio,
        url=signed_address(TWILIO_PATH),
        headers=dict(request.headers),
        form=form_sent(),
        reply_id=request.args.get("reply"),
    )
    with transaction() as session:
        noted = receipts.note(session, receipt, now=clock.now())
    door().metrics.receipts.labels(noted.value).inc()
    return Response(status=204)
