"""What organisers do with a day. Only here, and in the import of schedules, do its rows change."""

from equalterms.programme.actions.cloning import clone_event
from equalterms.programme.actions.events import change_event, new_event
from equalterms.programme.actions.people.invitations import (
    accept,
    accept_password,
    accept_session,
    invite,
    invite_co_moderator,
    make_way_in,
    open_invitation,
    revoke,
)
from equalterms.programme.actions.people.portraits import drop_photo, keep_photo
from equalterms.programme.actions.people.roles import remove_role
from equalterms.programme.actions.rooms import add_room, change_room, remove_room
from equalterms.programme.actions.sessions import add_session, change_flow, change_session
from equalterms.programme.actions.surgeons import add_surgeon, change_profile, list_surgeon, unlist_surgeon
from equalterms.programme.actions.telling import on_day, record_day

__all__ = [
    "accept",
    "accept_password",
    "accept_session",
    "add_room",
    "add_session",
    "add_surgeon",
    "change_event",
    "change_flow",
    "change_profile",
    "change_room",
    "change_session",
    "clone_event",
    "drop_photo",
    "invite",
    "invite_co_moderator",
    "keep_photo",
    "list_surgeon",
    "make_way_in",
    "new_event",
    "on_day",
    "open_invitation",
    "record_day",
    "remove_role",
    "remove_room",
    "revoke",
    "unlist_surgeon",
]
