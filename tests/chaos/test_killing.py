"""REL-1 and REL-2: SIGKILL at each point, in both modes: nothing is lost, doubled, or sent twice."""

import shutil
import sys

import pytest

from gateway import failpoint
from gateway.casework.turns import MOST_ATTEMPTS
from tests import services
from tests.chaos.killing import POISON, Siege, check
from tests.chaos.offices import Embedded, Scale, strike
from tests.stand_ins import twilio_api
from tests.stand_ins.running import Running


@pytest.fixture(scope="module")
def opened_before(tmp_path_factory):
    """The folder of an office that has been opened once."""
    running = Running(tmp_path_factory.mktemp("chaos") / "home", {"LAKANA_MODE": "development"})
    running.start()
    running.stop()
    return running.home


@pytest.fixture
def api():
    """The provider that takes the replies."""
    with twilio_api.running() as running:
        yield running


@pytest.fixture
def home(opened_before, tmp_path):
    """A copy of it."""
    return shutil.copytree(opened_before, tmp_path / "home")


def _besiege(office, name, *, texts):
    siege = Siege(office)
    siege.lay(texts)
    found = check(siege)
    sys.stderr.write(f"\n{name}: {found}\n")
    assert (found.lost, found.doubled, found.unexpected, found.sent_twice) == (0, 0, 0, 0)
    # A message that was in hand at five kills is laid before a person, as one that kills its readers must be; the
    # first of the five may have had many in hand, the others had one each.
    assert len(POISON) <= found.dead <= len(POISON) + found.kills // (MOST_ATTEMPTS - 1)
    assert found.acknowledged == siege.tried
    assert found.kills > 0
    assert found.is_whole
    promises = office.running.lakana("audit", "invariants")
    assert promises.returncode == 0, promises.stdout


# Two of the ten differ from a neighbour by a hair; `make chaos` has them too.
SHORT = [point for point in failpoint.POINTS if point not in ("after_enqueue", "case_after_commit")]


@pytest.mark.parametrize("point", SHORT)
def test_a_kill_at_any_point_loses_and_doubles_nothing(home, api, point):
    _besiege(Embedded(home, api, f"{point}:0.05"), point, texts=40)


@pytest.mark.long
@pytest.mark.parametrize("point", failpoint.POINTS)
def test_kills_at_any_point_over_three_hundred_texts_lose_and_double_nothing(home, api, point):
    _besiege(Embedded(home, api, f"{point}:0.03"), point, texts=300)


@pytest.fixture
def redis():
    """A Redis that may be emptied and stopped."""
    with services.redis_server() as server:
        yield server


def test_in_scale_mode_a_worker_killed_with_a_batch_in_hand_loses_and_doubles_nothing(home, api, postgresql_url, redis):
    office = Scale(home, api, "case_before_commit:0.2", postgresql_url, redis)
    _besiege(office, "scale, case_before_commit", texts=40)


@pytest.mark.long
@pytest.mark.parametrize("point", failpoint.POINTS)
def test_in_scale_mode_kills_at_any_point_lose_and_double_nothing(home, api, postgresql_url, redis, point):
    _besiege(Scale(home, api, f"{point}:0.03", postgresql_url, redis), f"scale, {point}", texts=300)


@pytest.mark.long
def test_workers_killed_by_parent_and_child_and_a_redis_that_comes_and_goes(home, api, postgresql_url, redis):
    office = Scale(home, api, "", postgresql_url, redis, nemesis=strike)
    _besiege(office, "scale, parents, children and Redis", texts=300)
