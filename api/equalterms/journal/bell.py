"""The bell: after a commit it tells this process which topics moved. Only a hurry-up, never the truth."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

Listener = Callable[[dict[UUID, int]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Callable[[], None]:
    """Calls `listener({topic: version})` after each commit, in the thread that wrote, before its answer
    leaves. Gives the function that ends it. A listener must return at once."""
    _listeners.append(listener)

    def stop() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return stop


def ring(versions: dict[UUID, int]) -> None:
    """Rings once the surrounding transaction has committed; a listener that fails harms nobody."""
    for listener in tuple(_listeners):
        transaction.on_commit(_call(listener, versions), robust=True)


def _call(listener: Listener, versions: dict[UUID, int]) -> Callable[[], None]:
    """A plain function, because Django names the one that fails by its `__qualname__`."""

    def tell() -> None:
        listener(versions)

    return tell
