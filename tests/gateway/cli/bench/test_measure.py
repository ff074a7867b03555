"""Figures are medians of rounds, and a ratio is taken within its round."""

import json

import pytest

from gateway.cli.bench.measure import Comparison, Run, compare, percentile


def test_product_and_floor_run_in_turn():
    order = []

    def run(who, rate):
        order.append(who)
        return Run(rate)

    compared = compare("x", lambda: run("product", 80), lambda: run("floor", 100), rounds=3, say=lambda _line: None)
    assert order == ["floor", "product"] * 3
    assert compared.ratio == pytest.approx(0.8)


def test_the_ratio_is_the_median_of_the_rounds_and_not_the_ratio_of_the_medians():
    compared = Comparison("x", (Run(10), Run(90), Run(50)), (Run(10), Run(100), Run(200)), {})
    assert compared.ratios == [1.0, 0.9, 0.25]
    assert compared.ratio == 0.9


def test_every_round_stands_in_the_json():
    compared = Comparison("x", (Run(10, 1, 2),), (Run(20),), {"machine": "m"})
    told = json.loads(json.dumps(compared.as_dict()))
    assert (told["ratio"], told["product"][0]["p99_ms"], told["facts"]["machine"]) == (0.5, 2, "m")
    assert "product / floor: 0.50" in compared.as_text()


@pytest.mark.parametrize(("values", "share", "wanted"), [([], 0.5, 0.0), ([3, 1, 2], 0.5, 2), ([1, 2, 3, 4], 0.99, 4)])
def test_a_percentile_is_one_of_the_values(values, share, wanted):
    assert percentile(values, share) == wanted
