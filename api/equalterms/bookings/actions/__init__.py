"""What happens to places, tickets and lines. Only here do their rows change."""

from equalterms.bookings.actions.cancelling import end_cancelled, end_cancelled_all
from equalterms.bookings.actions.ending import close_places, forget_places
from equalterms.bookings.actions.holding import end_booking, free_ticket, hold_line, open_booking
from equalterms.bookings.actions.places import Wanted, book, booked_before, cancel, come, move_up, move_up_all

__all__ = [
    "Wanted",
    "book",
    "booked_before",
    "cancel",
    "close_places",
    "come",
    "end_booking",
    "end_cancelled",
    "end_cancelled_all",
    "forget_places",
    "free_ticket",
    "hold_line",
    "move_up",
    "move_up_all",
    "open_booking",
]
