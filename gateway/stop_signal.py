"""Waits for the signal that ends a process (Ctrl-C or SIGTERM), whenever it comes."""

import select
import signal
import socket

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopSignal:
    """Made in the main thread before any other thread begins.

    The signal's number comes through a socket. An `Event` set by the handler would not do: the handler runs in the
    thread that waits, perhaps while it holds the event's own lock, or has just missed the moment to wake up.
    """

    def __init__(self) -> None:
        self._told, teller = socket.socketpair()
        teller.setblocking(False)
        self._teller = teller  # kept, or it would be closed
        signal.set_wakeup_fd(teller.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            signal.signal(name, lambda *_: None)

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until the signal comes, or so long at most; whether it came."""
        return bool(select.select([self._told], [], [], seconds)[0])
