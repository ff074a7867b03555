"""A worker empties the spool that an intake left behind."""

from dataclasses import replace

from gateway import clock
from gateway.casework import intake, spool
from gateway.channels import simulator
from gateway.records.alert import Alert
from workers import schedule, spooled
from workers.shop import shop, use


def test_what_an_intake_left_behind_becomes_an_alert(street, open_vault, tmp_path):
    folder = tmp_path / "spool"
    use(replace(shop(), spool=folder))
    assert spooled.drain() == 0
    row = intake.prepare(
        simulator.inbound("+22370000001", "ENF REC 3G ANSONGO 14/11"), keys=open_vault.inbox(), now=clock.now()
    )
    spool.put(folder, row, keys=open_vault.inbox())
    assert (spooled.drain(), spooled.drain()) == (1, 0)
    street.work()
    assert len(street.all(Alert)) == 1


def test_it_is_on_the_schedule():
    assert schedule.EVERY["spool"][1] is spooled.drain
