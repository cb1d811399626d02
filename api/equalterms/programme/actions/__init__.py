"""What organisers do with a day. Only here, and in the import of schedules, do its rows change."""

from equalterms.programme.actions.events import change_event, new_event
from equalterms.programme.actions.invitations import accept, invite, open_invitation
from equalterms.programme.actions.rooms import add_room, change_room, remove_room
from equalterms.programme.actions.sessions import add_session, change_session
from equalterms.programme.actions.surgeons import add_surgeon, change_profile, list_surgeon, unlist_surgeon
from equalterms.programme.actions.telling import on_day, record_day

__all__ = [
    "accept",
    "add_room",
    "add_session",
    "add_surgeon",
    "change_event",
    "change_profile",
    "change_room",
    "change_session",
    "invite",
    "list_surgeon",
    "new_event",
    "on_day",
    "open_invitation",
    "record_day",
    "remove_room",
    "unlist_surgeon",
]
