"""Every figure that a rule or a panel asks for exists, and every figure that matters has a rule."""

import json
import re

import pytest

from gateway.casework.figures import Figures
from gateway.records.codes import AlarmKind
from gateway.records.states import MessageState, ReplyState
from gateway.web.metrics import Metrics
from tests.conventions import tree

DEPLOY = tree.ROOT / "deploy"
RULES = (DEPLOY / "prometheus" / "lakana.rules.yml").read_text()
BOARD = json.loads((DEPLOY / "grafana" / "lakana.json").read_text())
RULE = re.compile(r"(?m)^ +expr: (.+)$")
NAME = re.compile(r"\b(?:lakana|webhook)_[a-z_]+\b")
ASKED = {
    "rules": RULE.findall(RULES),
    "dashboard": [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]],
}
# What has to be heard of, not only seen.
MATTERS = {
    "webhook_failed_total",
    "webhook_rejected_total",
    "webhook_quarantined_total",
    "webhook_received_total",
    "lakana_oldest_unprocessed_seconds",
    "lakana_spool_size",
    "lakana_reconcile_missing",
    "lakana_audit_ok",
    "lakana_messages",
    "lakana_disk_used_ratio",
}


@pytest.fixture(scope="module")
def told():
    """The names and the labels of everything that /metrics tells."""
    metrics = Metrics()
    for counter in vars(metrics).values():
        if hasattr(counter, "labels"):
            counter.labels("one").inc()
    figures = Figures(
        messages=dict.fromkeys(MessageState, 0),
        replies=dict.fromkeys(ReplyState, 0),
        alarms=dict.fromkeys(AlarmKind, 0),
        oldest_unprocessed_seconds=0,
        spool_size=0,
        spool_oldest_seconds=0.0,
        reconcile_missing=0,
        reconcile_forged=0,
        audit_ok=True,
    )
    text = metrics.written(figures, disk_used=0.5).decode()
    return {name: set(re.findall(r"(\w+)=", labels)) for name, labels in re.findall(r"(?m)^(\w+)(\{.*\})? ", text)}


@pytest.mark.parametrize("where", ASKED)
def test_every_figure_that_is_asked_for_exists(told, where):
    names = {name for expression in ASKED[where] for name in NAME.findall(expression)}
    assert len(names) > 10
    assert names - set(told) == set()


@pytest.mark.parametrize("where", ASKED)
def test_every_label_that_is_asked_for_exists(told, where):
    for expression in ASKED[where]:
        for name, labels in re.findall(r"\b((?:lakana|webhook)_[a-z_]+)\{([^}]*)\}", expression):
            assert set(re.findall(r"(\w+)[=!]", labels)) <= told[name]


def test_every_state_and_kind_that_is_named_exists():
    named = re.findall(r'(?:state|kind)[=!]~?"([^"]+)"', RULES + json.dumps(ASKED).replace("\\", ""))
    known = {*MessageState, *ReplyState, *AlarmKind}
    for pattern in named:
        assert [word for word in known if re.fullmatch(pattern, word)] != [], pattern


def test_everything_that_matters_has_a_rule():
    assert {name for expression in ASKED["rules"] for name in NAME.findall(expression)} >= MATTERS


def test_no_rule_and_no_panel_has_the_name_of_another():
    for names in (re.findall(r"alert: (\w+)", RULES), [panel["title"] for panel in BOARD["panels"]]):
        assert len(names) == len(set(names)) > 10


def test_no_panel_covers_another():
    taken = [
        (panel["gridPos"]["x"] + across, panel["gridPos"]["y"] + down)
        for panel in BOARD["panels"]
        for across in range(panel["gridPos"]["w"])
        for down in range(panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(across for across, _ in taken) < 24
