"""A browser of another make, as an asker uses it. Each make says how it is driven."""

import time
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import Any

SECONDS = 30
FIND = "(path) => document.evaluate(path, document, null, XPathResult.BOOLEAN_TYPE).booleanValue"
READ = "() => document.querySelector('main').innerText"
CARDS = "() => [...document.querySelectorAll('article')].map((one) => one.innerText)"
LOOKED_AFTER = """async () => {
    await navigator.serviceWorker.ready;
    return navigator.serviceWorker.controller !== null;
}"""


def named(name: str) -> str:
    """The path of the button, link or summary with this name."""
    return f"//*[self::a or self::button or self::summary][normalize-space()='{name}']"


def labelled(label: str) -> str:
    """The path of the field with this label."""
    return f"//*[@id=//label[starts-with(normalize-space(), '{label}')]/@for]"


def holds(cards: list[str], *words: str) -> bool:
    """Whether one of the cards holds all the words."""
    return any(all(word in card for word in words) for card in cards)


class Engine(ABC):
    @abstractmethod
    def open(self, url: str) -> None: ...

    @abstractmethod
    def run(self, function: str, *arguments: Any) -> Any:
        """Calls a JavaScript function in the page, waits for it, and answers its JSON."""

    @abstractmethod
    def tap(self, path: str) -> None:
        """A press of the pointer on the element at this path, as the engine itself makes it."""

    @abstractmethod
    def type(self, path: str, text: str) -> None:
        """Keys pressed in the element at this path."""

    @abstractmethod
    def away(self) -> AbstractContextManager[None]:
        """No signal until the block ends."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """What pages complained about, as far as the engine tells."""

    def press(self, name: str) -> None:
        self.until(FIND, named(name))
        self.tap(named(name))

    def write(self, label: str, text: str) -> None:
        self.until(FIND, labelled(label))
        self.type(labelled(label), text)

    def sees(self, text: str) -> None:
        """Waits until `text` is on the screen."""
        end = time.monotonic() + SECONDS
        while text not in (shown := self.run(READ)):
            assert time.monotonic() < end, f"no {text!r} in {shown!r}"
            time.sleep(0.1)

    def sees_question(self, text: str, *more: str) -> None:
        """Waits until one card of a question holds all these words."""
        end = time.monotonic() + SECONDS
        while not holds(cards := self.run(CARDS), text, *more):
            assert time.monotonic() < end, f"no {text!r} with {more} in {cards!r}"
            time.sleep(0.1)

    def settled(self) -> None:
        """Waits until the worker looks after the app."""
        self.until(LOOKED_AFTER)

    def until(self, function: str, *arguments: Any) -> None:
        end = time.monotonic() + SECONDS
        while not self.run(function, *arguments):
            assert time.monotonic() < end, f"waited in vain for {function} {arguments}: {self.run(READ)!r}"
            time.sleep(0.1)
