"""The languages and tiers that sets of lines are judged in."""

import pytest

from amends.engines.choose import encoder_gap
from tools.train_letters import TAGS

FULL = pytest.param("full", marks=pytest.mark.skipif(bool(encoder_gap()), reason="the encoder does not run here"))


@pytest.fixture(scope="module", params=TAGS)
def tag(request) -> str:
    return request.param


@pytest.fixture(scope="module", params=["quick", FULL])
def tier(request) -> str:
    return request.param
