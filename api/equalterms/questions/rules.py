"""Who may answer, and which version of an answer, or of the wall, somebody has read."""

from uuid import UUID

from equalterms.lib.etags import fingerprint_of
from equalterms.people.models import Account
from equalterms.programme.models import Role, RoleKind, Session
from equalterms.programme.rules import ANSWERERS, session_for
from equalterms.questions.models import Answer, Spotlight
from equalterms.safety.actions import sealed_note


def may_answer(account: Account, event: UUID) -> bool:
    """Surgeons, moderators and organisers of the event."""
    return bool(
        Role.objects.held(account, event) & {RoleKind.SURGEON, RoleKind.MODERATOR, RoleKind.ORGANISER}
    )


def may_change_answer(account: Account, answer_account: UUID | None, event: UUID) -> bool:
    """Whoever gave it, and organisers."""
    return answer_account == account.pk or RoleKind.ORGANISER in Role.objects.held(account, event)


def answer_version(answer: Answer) -> int:
    """Moves with the words; of a sealed answer with what lies in its asker's box."""
    sealed = sealed_note(subject=answer.question_id) if answer.sealed else None
    return fingerprint_of([answer.text, answer.spoken, answer.edited, sealed])


def current_of(session: Session) -> UUID | None:
    """The question the room is at."""
    return Spotlight.objects.filter(session=session).values_list("question", flat=True).first()


def current_version(question: UUID | None) -> int:
    """Moves whenever the room is at another question, or at none."""
    return fingerprint_of([question])


def session_answered(account: Account, ref: str) -> Session:
    """The session, if `account` answers or decides there, be it there alone. Refuses as `session_for`."""
    session = Session.objects.called(ref).select_related("event").first()
    if session is not None and Role.objects.held_at(account, session) & ANSWERERS:
        return session
    return session_for(account, ref, *ANSWERERS)
