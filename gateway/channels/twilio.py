"""Twilio, what comes in: the signature over the address we configured, then a strict look at the fields.

The signature has neither field separators nor a time (Twilio's design): a captured one also fits the same characters
cut into other fields. So a good signature lets nothing in by itself; the fields must be whole, single and well-formed.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from gateway.channels import senders, twilio_errors
from gateway.channels.contract import Inbound, NotSigned, Receipt
from gateway.channels.form import Form
from gateway.errors import SettingWrong
from gateway.records.codes import SenderKind
from gateway.records.states import ReplyState
from gateway.settings import Settings

CHANNEL = "twilio"

_REQUIRED = ("MessageSid", "AccountSid", "From", "To", "Body")
_MESSAGE_SID = re.compile(r"(SM|MM)[0-9a-f]{32}", re.ASCII)
_ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}", re.ASCII)
_MOST_SEGMENTS = 10
_LONGEST_SIGNATURE = 128

RECEIPT_STATES: Mapping[str, ReplyState] = {
    "sent": ReplyState.SENT,
    "delivered": ReplyState.DELIVERED,
    "read": ReplyState.DELIVERED,
    "undelivered": ReplyState.FAILED,
    "failed": ReplyState.FAILED,
    "canceled": ReplyState.FAILED,
}


@dataclass(frozen=True, repr=False)
class Account:
    """The one account whose messages we take, and the secrets that prove them."""

    sid: str
    tokens: tuple[str, ...]
    our_numbers: frozenset[str]
    validators: tuple[RequestValidator, ...]


def account(settings: Settings, *, made_up: tuple[str, str] | None = None) -> Account | None:
    """The account of the settings; `made_up` (sid, token) stands in where none is set; None refuses everything."""
    sid, tokens = settings.twilio_account_sid, settings.twilio_auth_tokens
    if not tokens and not sid and made_up:
        sid, tokens = made_up[0], (made_up[1],)
    if tokens and not _ACCOUNT_SID.fullmatch(sid):
        raise SettingWrong("TWILIO_ACCOUNT_SID", "must be AC and 32 digits or letters a-f, as TWILIO_AUTH_TOKEN is set")
    if not tokens:
        return None
    return Account(sid, tokens, frozenset(settings.twilio_from), tuple(map(RequestValidator, tokens)))


def receive(account: Account | None, *, url: str, headers: Mapping[str, str], form: Form) -> Inbound:
    """The message of a signed request; NotSigned when it is not, quarantined when its fields are not in order."""
    if account is None:
        raise NotSigned("no_secret")
    fields = _checked(account, url, headers, form)
    given = {name: values[0] for name, values in fields.items()}
    reason = _disorder(account, fields)
    sid = given.get("MessageSid", "")
    kind = senders.sender_kind(given.get("From", ""), account.our_numbers)
    segments = _whole(given.get("NumSegments", "1"))
    media = _whole(given.get("NumMedia", "0"))
    return Inbound(
        channel=CHANNEL,
        account=_account_given(given, account),
        provider_id=sid if _MESSAGE_SID.fullmatch(sid) and len(fields["MessageSid"]) == 1 else "",
        our_number=_ours(given.get("To", "")),
        sender=given.get("From", ""),
        sender_kind=kind or SenderKind.WITHHELD,
        body=given.get("Body", ""),
        fields=form.pairs,
        segments=min(segments or 1, _MOST_SEGMENTS),
        flags=_flags(encoding=form.was_repaired, media=bool(media), counts=segments is None or media is None),
        quarantine=reason,
    )


def receipt(
    account: Account | None, *, url: str, headers: Mapping[str, str], form: Form, reply_id: str | None
) -> Receipt:
    """What a signed delivery receipt says; a status we do not know, or an unusable id, says nothing."""
    if account is None:
        raise NotSigned("no_secret")
    fields = _checked(account, url, headers, form)
    sids, statuses = fields.get("MessageSid", []), fields.get("MessageStatus", [])
    is_whole = len(sids) == 1 and len(statuses) == 1 and bool(_MESSAGE_SID.fullmatch(sids[0]))
    return Receipt(
        channel=CHANNEL,
        provider_id=sids[0] if is_whole else "",
        reply_id=reply_id,
        state=RECEIPT_STATES.get(statuses[0]) if is_whole else None,
        reason=twilio_errors.reason(next(iter(fields.get("ErrorCode", ())), None)),
    )


class _Fields(dict[str, list[str]]):
    """Every value of every name, in the shape Twilio's validator asks for."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def _checked(account: Account, url: str, headers: Mapping[str, str], form: Form) -> _Fields:
    """The fields, once the signature holds for one of our secrets."""
    fields = _Fields()
    for name, value in form.pairs:
        fields.setdefault(name, []).append(value)
    signature = headers.get("X-Twilio-Signature", "")
    if not signature:
        raise NotSigned("absent")
    if len(signature) > _LONGEST_SIGNATURE or not _holds(account, url, fields, signature):
        raise NotSigned("wrong")
    return fields


def _holds(account: Account, url: str, fields: _Fields, signature: str) -> bool:
    try:
        given = signature.encode("ascii")
        computed = [validator.compute_signature(url, fields).encode("ascii") for validator in account.validators]
    except Exception:  # whatever goes wrong while checking a signature is a refusal, never an error page
        return False
    return any(hmac.compare_digest(one, given) for one in computed)


def _disorder(account: Account, fields: _Fields) -> str | None:
    """Why these fields cannot be a message of ours; None when they can."""
    if any(name not in fields for name in _REQUIRED):
        return "missing_field"
    if any(len(values) > 1 for values in fields.values()):
        return "repeated_field"
    one = {name: fields[name][0] for name in _REQUIRED}
    if not _MESSAGE_SID.fullmatch(one["MessageSid"]):
        return "bad_sid"
    if one["AccountSid"] != account.sid:
        return "foreign_account"
    if not (one["To"] in account.our_numbers if account.our_numbers else senders.is_our_kind(one["To"])):
        return "unknown_number"
    if senders.sender_kind(one["From"], account.our_numbers) is None:
        return "bad_sender"
    return None


def _flags(**flags: bool) -> tuple[str, ...]:
    return tuple(name for name, is_set in flags.items() if is_set)


def _account_given(given: Mapping[str, str], account: Account) -> str:
    sid = given.get("AccountSid", "")
    return sid if _ACCOUNT_SID.fullmatch(sid) else account.sid


def _ours(number: str) -> str:
    return number if senders.is_our_kind(number) else ""


def _whole(text: str) -> int | None:
    """A small count, or None for what is none."""
    is_small = text.isascii() and text.isdigit() and len(text) <= 2
    return int(text) if is_small and int(text) <= _MOST_SEGMENTS else None
