from equalterms.lib.ids import b64u
from equalterms.sharing.serializers import LookupSerializer


def test_a_lookup_takes_the_secret_and_nothing_else() -> None:
    assert LookupSerializer(data={"auth": b64u(bytes(32))}).is_valid()
    assert not LookupSerializer(data={"auth": b64u(bytes(32)), "phone": "x"}).is_valid()
