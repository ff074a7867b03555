"""What the public application counts, in the words of Prometheus; no label holds anything about a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = self._counter("webhook_received", "Messages stored.", "channel")
        self.duplicates = self._counter("webhook_duplicates", "Messages that were there already.", "channel")
        self.quarantined = self._counter("webhook_quarantined", "Signed, but not in order.", "reason")
        self.rejected = self._counter("webhook_rejected", "Refused, nothing stored.", "reason")
        self.receipts = self._counter("webhook_receipts", "Delivery receipts, and what they did.", "result")
        self.spooled = self._counter("webhook_spooled", "Written to the spool: the database was away.", "channel")
        self.failed = self._counter("webhook_failed", "Answered 5xx: the provider has to come again.", "reason")
        self.messages = Gauge("lakana_messages", "Messages by state.", ["state"], registry=self.registry)
        self.replies = Gauge("lakana_replies", "Replies by state.", ["state"], registry=self.registry)
        self.oldest = Gauge(
            "lakana_oldest_unprocessed_seconds", "Age of the oldest message not yet read.", registry=self.registry
        )
        self.spool_size = Gauge("lakana_spool_size", "Messages in the spool.", registry=self.registry)
        self.spool_oldest = Gauge(
            "lakana_spool_oldest_seconds", "Age of the oldest message in the spool.", registry=self.registry
        )

    def _counter(self, name: str, told: str, label: str) -> Counter:
        return Counter(name, told, [label], registry=self.registry)
