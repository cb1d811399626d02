"""The whole gateway on this test's database."""

from collections.abc import Iterator

import pytest
from tests.promises.addresses import Operation, operations
from tests.serving import Site, serving

from equalterms.config.asgi import gateway


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    """A server in a thread, as anybody reaches it."""
    made = gateway()
    with serving(made, made.stop_streams) as running:
        yield running


@pytest.fixture(scope="session")
def described() -> list[Operation]:
    """Every operation there is, by the description the code gives of itself."""
    return operations()
