"""A load from another process: signed webhooks made beforehand, sent over kept connections, each answer checked.

Run as `python -m gateway.cli.bench.load HOST PORT PATH COUNT CONNECTIONS` with the sign-and-send facts on standard
input as JSON; prints one JSON object: answers by status, seconds, waits.
"""

import asyncio
import json
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from gateway.cli.bench.measure import percentile

TEXTS = (
    "ENF REC 3G1F 12-15ans Ansongo 14/11 CMA VU",
    "ENF TUE 1G Tessit hier EIGS FAM",
    "RVC GAO-22-014 OUI TOUS COMME LES HOMMES OUI MOINS 4/5",
    "ALERTE ATTAQUE Bourem ce soir URG",
)


def requests(facts: dict[str, Any], count: int) -> list[bytes]:
    """Complete HTTP requests, each with its own message id and words, and a right signature."""
    validator = RequestValidator(facts["token"])
    made = []
    for number in range(count):
        form = {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "AccountSid": facts["account"],
            "From": f"+2237000{number % 10_000:04}",
            "To": facts["to"],
            "Body": f"{TEXTS[number % len(TEXTS)]} n{number + facts.get('first', 0)}",
            "NumMedia": "0",
            "NumSegments": "1",
        }
        body = urlencode(form).encode()
        head = (
            f"POST {facts['path']} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"X-Twilio-Signature: {validator.compute_signature(facts['url'], form)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


async def _client(
    address: tuple[str, int],
    waiting: list[tuple[float, bytes]],
    statuses: list[int],
    waits: list[float],
) -> None:
    reader, writer = await asyncio.open_connection(*address)
    while waiting:
        due, request = waiting.pop()
        begun = time.perf_counter()
        if due > begun:
            await asyncio.sleep(due - begun)
            begun = time.perf_counter()
        try:
            head = await _answer(reader, writer, request)
        except (ConnectionError, asyncio.IncompleteReadError):
            # A provider comes again with the same request when a line breaks off; a repeat stores nothing new.
            reader, writer = await asyncio.open_connection(*address)
            head = await _answer(reader, writer, request)
        waits.append((time.perf_counter() - begun) * 1000)
        statuses.append(int(head[9:12]))
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection(*address)
    writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    """The head of the answer, once all of it is there."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    await reader.readexactly(length)
    return head


async def drive(
    address: tuple[str, int], made: list[bytes], connections: int, rate: float | None = None
) -> dict[str, Any]:
    """Sends everything over that many connections at once; at this rate a second, or as fast as it is taken."""
    statuses: list[int] = []
    waits: list[float] = []
    begun = time.perf_counter()
    waiting = [(begun + number / rate if rate else 0.0, request) for number, request in enumerate(made)]
    waiting.reverse()
    await asyncio.gather(*(_client(address, waiting, statuses, waits) for _ in range(connections)))
    return {
        "seconds": time.perf_counter() - begun,
        "statuses": {str(status): statuses.count(status) for status in set(statuses)},
        "p50_ms": percentile(waits, 0.5),
        "p99_ms": percentile(waits, 0.99),
    }


def main() -> None:
    """Reads the facts, makes the requests, sends them, tells the figures."""
    facts = json.load(sys.stdin)
    made = requests(facts, facts["count"])
    json.dump(
        asyncio.run(drive((facts["host"], facts["port"]), made, facts["connections"], facts.get("rate"))), sys.stdout
    )


if __name__ == "__main__":
    main()
