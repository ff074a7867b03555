"""What import-linter cannot see: pure parsers, modules without a layer, and the one name that points upwards."""

import pkgutil
import re
import sys
import tomllib

from gateway import dispatch
from tests.conventions import tree

PARSERS_MAY_USE = {"parsers", "rapidfuzz"}
PARSERS_NEVER_USE = {"asyncio", "http", "logging", "os", "random", "socket", "subprocess", "threading", "time"}


def test_parsers_use_the_standard_library_and_rapidfuzz_alone():
    allowed = PARSERS_MAY_USE | (sys.stdlib_module_names - PARSERS_NEVER_USE)
    strangers = {
        (tree.name(path), name)
        for path in tree.modules("parsers")
        for name in tree.imported(path)
        if name.split(".")[0] not in allowed
    }
    assert strangers == set()


def test_parsers_and_use_cases_do_not_read_the_clock_or_the_environment():
    asks = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|clock\.now|os\.environ|getenv)\b")
    asking = {
        tree.name(path)
        for path in tree.modules("parsers", "gateway/casework", "gateway/tables")
        if asks.search(path.read_text())
    }
    assert asking == set()


def test_use_cases_never_commit():
    commits = re.compile(r"\.(commit|rollback)\(|\btransaction\(")
    committing = {
        tree.name(path)
        for path in tree.modules("gateway/casework", "gateway/tables", "gateway/trust", "gateway/records")
        if commits.search(path.read_text()) and tree.name(path) != "gateway/records/db.py"
    }
    assert committing == set()


def test_every_module_of_the_gateway_has_its_layer():
    assert _modules_of_the_gateway() <= set(re.findall(r"gateway\.(\w+)", " ".join(_contract("layers")["layers"])))


def test_every_module_of_the_gateway_that_is_no_edge_stays_away_from_flask():
    guarded = {module.removeprefix("gateway.") for module in _contract("no-flask")["source_modules"]}
    assert _modules_of_the_gateway() - guarded <= {"cli", "standalone", "web", "wsgi"}


def _modules_of_the_gateway():
    return {module.name for module in pkgutil.iter_modules([str(tree.ROOT / "gateway")])}


def _contract(name):
    contracts = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["id"] == name)


def test_the_name_of_the_job_runner_leads_to_it():
    assert callable(pkgutil.resolve_name(dispatch.RUNNER.replace(".run_job", ":run_job")))


def test_the_server_entry_points_lead_to_applications():
    for entry in ("gateway.wsgi", "admin.wsgi"):
        assert (tree.ROOT / entry.replace(".", "/")).with_suffix(".py").exists()
