"""The units start what exists, as nobody in particular, and give a job the time it may take."""

import re

import pytest

from gateway.cli import COMMANDS
from tests.conventions import tree
from workers.__main__ import CHILD_SECONDS

UNITS = {path.name: path.read_text() for path in sorted((tree.ROOT / "deploy" / "systemd").iterdir())}
SERVICES = [name for name in UNITS if name.endswith(".service")]
HARDENED = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictNamespaces=yes",
    "RestrictSUIDSGID=yes",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
    "UMask=0077",
    "LimitCORE=0",
    "User=lakana",
)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_gets_no_further_than_it_must(name):
    lines = UNITS[name].splitlines()
    assert [line for line in HARDENED if line not in lines] == []


@pytest.mark.parametrize("name", [name for name in SERVICES if name.startswith("lakana")])
def test_a_service_starts_a_command_that_exists(name):
    (command,) = re.findall(r"\.venv/bin/lakana ([a-z]+)", UNITS[name])
    assert command in COMMANDS


def test_every_role_has_its_unit():
    roles = [line.split(":")[0] for line in (tree.ROOT / "Procfile").read_text().splitlines()]
    assert {f"lakana-{role}.service" for role in roles} <= set(UNITS)


def test_a_worker_has_longer_to_stop_than_a_job_may_take():
    (seconds,) = re.findall(r"(?m)^TimeoutStopSec=(\d+)$", UNITS["lakana-worker.service"])
    assert int(seconds) > CHILD_SECONDS


def test_the_intake_cannot_reach_the_secret_keys():
    assert "InaccessiblePaths=-/var/lib/lakana/keys/lakana.keys" in UNITS["lakana-intake.service"]


def test_a_timer_has_its_service():
    for name in UNITS:
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in UNITS
