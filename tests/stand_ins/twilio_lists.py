"""Twilio's own log, as its REST interface lists it: page by page, and not always quite as one would wish."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.stand_ins import twilio_webhooks as twilio

_PATH = re.compile(r"/2010-04-01/Accounts/AC[0-9a-f]{32}/(Messages|Calls|Recordings)(?:/(\w+))?\.json")


@dataclass
class TwilioLists:
    """`status` refuses, `page` cuts lists, `is_doubling` gives the last of a page once more on the next,
    `is_redacting` has erased the words; `asked` notes each request."""

    status: int = 200
    page: int = 1000
    is_doubling: bool = False
    is_redacting: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    recordings: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def text(self, sid: str, body: str, *, ago: timedelta = timedelta(), **changes: Any) -> None:
        """One text, either way."""
        at = _written(ago)
        usual = {"from": twilio.SENDER, "to": twilio.OUR_NUMBER, "direction": "inbound", "status": "received"}
        usual |= {"from": changes.pop("sender", usual["from"]), "num_media": "0", "num_segments": "1"}
        entry = {"sid": sid, "account_sid": twilio.ACCOUNT, "body": body, "date_created": at, "date_sent": at}
        self.messages.insert(0, usual | entry | changes)

    def inbound(self, fields: dict[str, str], *, ago: timedelta = timedelta()) -> None:
        """The entry of a text whose webhook has these fields."""
        self.text(fields["MessageSid"], fields["Body"], ago=ago, sender=fields["From"], to=fields["To"])

    def call(self, sid: str, *, ago: timedelta = timedelta(), **changes: Any) -> None:
        """One call to us."""
        at = _written(ago)
        usual = {"from": twilio.SENDER, "to": twilio.OUR_NUMBER, "direction": "inbound", "status": "completed"}
        entry = {"sid": sid, "account_sid": twilio.ACCOUNT, "start_time": at, "date_created": at}
        self.calls.insert(0, usual | entry | changes)

    def recording(self, sid: str, call_sid: str, *, ago: timedelta = timedelta()) -> None:
        """What was recorded in a call."""
        entry = {"sid": sid, "call_sid": call_sid, "account_sid": twilio.ACCOUNT, "date_created": _written(ago)}
        self.recordings.insert(0, entry)

    def answer(self, path: str) -> tuple[int, bytes]:
        """One request for a list or for one entry."""
        self.asked.append(path)
        found = _PATH.fullmatch(urlsplit(path).path)
        if self.status != 200 or not found:
            return self.status if self.status != 200 else 404, b'{"code": 20404, "status": 404, "message": "no"}'
        kind = found[1].lower()
        entries: list[dict[str, Any]] = [self._told(entry) for entry in getattr(self, kind)]
        if found[2]:
            one = next((entry for entry in entries if entry["sid"] == found[2]), None)
            return (200, json.dumps(one).encode()) if one else (404, b'{"code": 20404, "status": 404, "message": "no"}')
        return 200, self._listed(kind, entries, path)

    def _listed(self, kind: str, entries: list[dict[str, Any]], path: str) -> bytes:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        chosen = [entry for entry in entries if entry.get("to") == asked.get("To", entry.get("to"))]
        start = int(asked.get("Start", "0"))
        end = start + min(int(asked["PageSize"]), self.page)
        again = 1 if self.is_doubling and start else 0
        query = urlencode(asked | {"Start": str(end)})
        following = f"{urlsplit(path).path}?{query}" if end < len(chosen) else None
        told = {kind: chosen[start - again : end], "next_page_uri": following, "page_size": self.page, "uri": path}
        return json.dumps(told).encode()

    def _told(self, entry: dict[str, Any]) -> dict[str, Any]:
        return entry | {"body": ""} if self.is_redacting and "body" in entry else entry


def _written(ago: timedelta) -> str:
    return format_datetime(datetime.now(UTC) - ago)
