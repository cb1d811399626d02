"""Plain http on a name of the venue's network: reading works, asking says why not. With TLS all works."""

import base64
import datetime
import hashlib
import re
import shutil
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from playwright.sync_api import Browser, Playwright, expect
from tests.journeys.desk import Desk
from tests.journeys.phones import ARGUMENTS, Phones
from tests.served import Served, served

pytestmark = pytest.mark.journey
NAME = "day.example"
# What Chromium says of every page that is not secure.
NOT_SECURE = re.compile("The Cross-Origin-Opener-Policy header has been ignored")


class Certificate(NamedTuple):
    """A certificate of its own making, and the fingerprint by which a browser trusts its key."""

    files: tuple[str, str]
    fingerprint: str


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    names = [x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    fingerprint = base64.b64encode(hashlib.sha256(public).digest()).decode()
    return Certificate((str(files[0]), str(files[1])), fingerprint)


@pytest.fixture(scope="module")
def browser(playwright: Playwright, shell: str, certificate: Certificate) -> Iterator[Browser]:
    """It finds the day by name, as phones in the venue's network do; nothing leaves this machine."""
    arguments = [
        *ARGUMENTS,
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        f"--ignore-certificate-errors-spki-list={certificate.fingerprint}",
    ]
    with playwright.chromium.launch(executable_path=shell, args=arguments) as launched:
        yield launched


def test_without_tls_the_day_is_read_and_asking_says_why_it_is_off(
    phones: Phones, day: Served, desk: Desk
) -> None:
    code = desk.session("photos and privacy")["code"]
    phone = phones(day.url.replace("127.0.0.1", NAME))
    phone.may_complain = NOT_SECURE

    phone.open("/e/leeds")
    phone.heading("Leeds Social Media Surgery")
    phone.open(f"/s/{code}")
    phone.sees("Live")
    phone.sees("How do I stop my photos from showing where I took them?")

    phone.sees("Asking is off here")
    expect(phone.page.get_by_role("link", name="Ask a question")).to_have_count(0)
    expect(phone.page.get_by_role("button", name="Me too")).to_have_count(0)
    phone.open(f"/s/{code}/ask")
    phone.sees("Asking is off at this address")


@pytest.fixture
def secure_day(demo_home: Path, tmp_path: Path, certificate: Certificate) -> Iterator[Served]:
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    cert, key = certificate.files
    with served(home, "--tls-cert", cert, "--tls-key", key) as server:
        yield server


def test_with_tls_a_question_is_asked_by_that_name(phones: Phones, secure_day: Served, desk: Desk) -> None:
    code = desk.session("photos and privacy")["code"]
    phone = phones(secure_day.url.replace("127.0.0.1", NAME))

    phone.ask(code, "Is it still just me and this phone?")

    phone.sees("Sent. Somebody reads it before others do.")
    phone.settled()
