import pytest
from tests.journalled import telling
from tests.makers import a_session, a_surgeon, an_account, an_event
from tests.pictures import plain

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Portrait
from equalterms.programme.actions import drop_photo, keep_photo

pytestmark = pytest.mark.django_db


def test_followers_of_every_page_that_shows_the_surgeon_are_told() -> None:
    event = an_event()
    session = a_session(event)
    surgeon = a_surgeon(event, session, account=an_account())
    told = {
        (event.day_id, "surgeon", surgeon.pk): 1,
        (event.now_id, "surgeon", surgeon.pk): 1,
        (session.topic_id, "surgeon", surgeon.pk): 1,
    }

    with telling() as kept:
        keep_photo(account=surgeon.account, surgeon=surgeon, content=plain())
    with telling() as dropped:
        drop_photo(account=surgeon.account, surgeon=surgeon)
    with telling() as nothing:
        drop_photo(account=surgeon.account, surgeon=surgeon)

    assert (kept, dropped, nothing) == (told, told, {})


def test_a_strangers_file_is_not_even_read() -> None:
    surgeon = a_surgeon(account=an_account())

    with pytest.raises(Refusal) as refusal:
        keep_photo(account=an_account(), surgeon=surgeon, content=b"not a photo")

    assert (refusal.value.status, refusal.value.code) == (403, "not-yours")
    assert not Portrait.objects.exists()
