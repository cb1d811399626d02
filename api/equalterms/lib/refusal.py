"""A refusal: a stable code for programs and a kind sentence for people."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """Raised by an action that declines; the problem answer is made from it.

    `code` is stable and listed in docs/openapi/problems.md, `detail` is shown to people and never
    echoes what they sent. `retry_after` is in seconds.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        status: int = 409,
        errors: Sequence[Mapping[str, str]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.status = status
        self.errors = list(errors or [])
        self.retry_after = retry_after


def not_found() -> Refusal:
    """The one answer for everything that is not there or may not be known."""
    return Refusal("not-found", "There is nothing at this address.", status=404)
