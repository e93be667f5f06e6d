"""Stores other than AWS: an endpoint with a certificate of its own."""

import datetime
import ipaddress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.cloud import KEYS, Cloud
from tests.support.load import assert_all_once, send_all


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[str, str]:
    """A server's certificate that no authority of the system has signed, and its key: names of files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "store of our own")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256()))
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                                       serialization.NoEncryption()))
    return str(folder / "cert.pem"), str(folder / "key.pem")


@pytest.fixture(scope="module")
def secured(certificate):
    cloud = Cloud(certificate)
    yield cloud
    cloud.close()


@pytest.fixture
def settings(secured) -> dict[str, str]:
    return KEYS | {"AWS_S3_BUCKET": secured.bucket(), "AWS_ENDPOINT_URL": secured.endpoint, "ARCHIVE_MAX_AGE_S": "1"}


def test_objects_and_alerts_reach_a_store_whose_certificate_is_given(service, secured, settings, certificate):
    job = service(2, **settings, AWS_CA_BUNDLE=certificate[0], AWS_SNS_TOPIC_ARN=secured.alert_topic().arn)
    job.start().wait_ready()
    sent = send_all(job, 500)
    assert_all_once(job, secured, settings, sent)
    checked = job.command("check", "--send-test-alert")
    assert checked.returncode == 0, checked.stdout


def test_a_store_that_nobody_vouches_for_is_refused_with_a_word_on_it(service, settings):
    checked = service(1, **settings).command("check")
    assert checked.returncode == 1
    assert "AWS_CA_BUNDLE" in checked.stdout, checked.stdout


def test_a_file_that_is_not_there_is_a_mistake_of_the_settings(service, settings):
    ended = service(1, **settings, AWS_CA_BUNDLE="/nowhere/ca.pem").command("run")
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1] == "AWS_CA_BUNDLE=/nowhere/ca.pem: is no file; give one with certificates in PEM form"
