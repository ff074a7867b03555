"""What the provider tells us later of a reply: moves it forward, never back, and never another one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gateway.channels.contract import Receipt
from gateway.records.reply import Reply
from gateway.records.states import REPLY_MOVES, ReplyState


class Noted(StrEnum):
    """What a receipt did."""

    MOVED = "moved"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    MISMATCHED = "mismatched"


def note(session: Session, receipt: Receipt, *, now: datetime) -> Noted:
    """Applies one receipt; repeated, late, backward and foreign ones change nothing."""
    if not receipt.provider_id:
        return Noted.IGNORED
    of_channel = select(Reply).where(Reply.channel == receipt.channel)
    reply = session.scalar(of_channel.where(Reply.provider_id == receipt.provider_id))
    if reply is not None and receipt.reply_id not in (None, reply.id):
        return Noted.MISMATCHED
    if reply is None and receipt.reply_id:
        reply = session.scalar(of_channel.where(Reply.id == receipt.reply_id))
        if reply is not None and (reply.provider_id or reply.state is not ReplyState.UNKNOWN):
            return Noted.MISMATCHED
    if reply is None:
        return Noted.UNKNOWN
    return _move(session, reply, receipt, now)


def _move(session: Session, reply: Reply, receipt: Receipt, now: datetime) -> Noted:
    if receipt.state is None or receipt.state not in REPLY_MOVES[reply.state]:
        return Noted.IGNORED
    reason = receipt.reason if receipt.state is ReplyState.FAILED else None
    moved = (
        update(Reply)
        .where(Reply.id == reply.id, Reply.state == reply.state)
        .values(state=receipt.state, provider_id=receipt.provider_id, settled_at=now, reason=reason)
        .returning(Reply.id)
    )
    return Noted.MOVED if session.scalar(moved) else Noted.IGNORED
