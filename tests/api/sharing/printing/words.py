"""Words on paper, for these tests."""

from equalterms.sharing.printing.wording import Printed


def words(**more: str) -> Printed:
    given = {
        "title": "Open day",
        "subtitle": "",
        "when": "Saturday 1 May 2027, 09:00 to 17:00",
        "where": "Town hall",
        "call": "Scan this.",
        "promise": "No account, no name.",
        "address": "https://day.example.org/e/leeds",
        "typed": "Or go to day.example.org/e/abcd",
        "help": "Need help right now? Samaritans 116 123",
        "language": "en-GB",
        "spare_title": "leeds",
    }
    return Printed(**(given | more))
