"""What the public application counts, in the words of Prometheus; no label holds anything about a person."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from gateway.casework.figures import Figures


class Metrics:
    """The counters of one application; `shared` is the folder in which several processes keep them together."""

    def __init__(self, shared: Path | None = None) -> None:
        self._shared = shared
        self.registry = CollectorRegistry()
        self.received = self._counter("webhook_received", "Signed messages that providers handed over.", "channel")
        self.accepted = self._counter("webhook_accepted", "Messages stored.", "channel")
        self.duplicates = self._counter("webhook_duplicates", "Messages that were there already.", "channel")
        self.quarantined = self._counter("webhook_quarantined", "Signed, but not in order.", "reason")
        self.rejected = self._counter("webhook_rejected", "Refused, nothing stored.", "reason")
        self.receipts = self._counter("webhook_receipts", "Delivery receipts, and what they did.", "result")
        self.spooled = self._counter("webhook_spooled", "Written to the spool: the database was away.", "channel")
        self.failed = self._counter("webhook_failed", "Answered 5xx: the provider has to come again.", "reason")

    def written(self, figures: Figures | None, *, disk_used: float) -> bytes:
        """The counters of all processes and the figures of the moment; None says that the database is away."""
        counters = self.registry
        if self._shared is not None:
            counters = CollectorRegistry()
            multiprocess.MultiProcessCollector(counters, path=str(self._shared))  # type: ignore[no-untyped-call]  # it has no types
        gauges = CollectorRegistry()
        gauges.register(_Gauges(figures, disk_used))
        return generate_latest(counters) + generate_latest(gauges)

    def _counter(self, name: str, told: str, label: str) -> Counter:
        return Counter(name, told, [label], registry=self.registry)


class _Gauges(Collector):
    """Made for one answer, from one look at the database."""

    def __init__(self, figures: Figures | None, disk_used: float) -> None:
        self._figures = figures
        self._disk_used = disk_used

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every figure, in an order of their own."""
        found = self._figures
        yield GaugeMetricFamily("lakana_database_up", "Whether the database answers.", float(found is not None))
        yield GaugeMetricFamily("lakana_disk_used_ratio", "How full the disk is.", self._disk_used)
        if found is None:
            return
        yield _by("lakana_messages", "Messages by state.", "state", found.messages)
        yield _by("lakana_replies", "Replies by state.", "state", found.replies)
        yield _by("lakana_alarms", "Open alarms by kind.", "kind", found.alarms)
        for name, told, figure in (
            ("oldest_unprocessed_seconds", "Age of the oldest message not yet read.", found.oldest_unprocessed_seconds),
            ("spool_size", "Messages on the disk, because the database could not take them.", found.spool_size),
            ("spool_oldest_seconds", "Age of the oldest of them.", found.spool_oldest_seconds),
            ("reconcile_missing", "Messages of the provider's log that were missing here.", found.reconcile_missing),
            ("reconcile_forged", "Messages here that the provider does not know.", found.reconcile_forged),
            ("audit_ok", "Whether the audit chain was whole when it was last walked.", found.audit_ok),
        ):
            yield GaugeMetricFamily(f"lakana_{name}", told, float(figure))


def _by(name: str, told: str, label: str, figures: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=[label])
    for each, figure in figures.items():
        family.add_metric([each], figure)
    return family
