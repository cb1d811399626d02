"""The whole gateway on this test's database."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from tests.serving import Site, serving

from equalterms.config.asgi import gateway
from equalterms.config.gateway.lanes import Gateway


class Running(NamedTuple):
    site: Site
    gateway: Gateway


@pytest.fixture
def running(transactional_db: None) -> Iterator[Running]:
    """A server in a thread and the gateway inside it."""
    made = gateway()
    with serving(made, made.stop_streams) as site:
        yield Running(site, made)


@pytest.fixture
def site(running: Running) -> Site:
    return running.site
