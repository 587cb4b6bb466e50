"""Throw-away certificates, and PDFs signed with them, for the tests."""

import io
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen import canvas

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)


@cache
def key(name):
    assert name
    return rsa.generate_private_key(65537, 2048)


def certificate(name, issuer, until=END, authority=False):
    def called(words):
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, words)])

    builder = x509.CertificateBuilder().subject_name(called(name)).issuer_name(called(issuer)).public_key(key(name).public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(START).not_valid_after(until)
    builder = builder.add_extension(x509.BasicConstraints(authority, None), True)
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False)
    builder = builder.add_extension(
        x509.KeyUsage(
            digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority, crl_sign=authority, **usage
        ),
        True,
    )
    return builder.sign(key(issuer), hashes.SHA256())


@cache
def root():
    return certificate("Nơi cấp thử", "Nơi cấp thử", authority=True)


def der(made):
    return made.public_bytes(serialization.Encoding.DER)


def pem(made):
    return made.public_bytes(serialization.Encoding.PEM)


@cache
def signer(name, until=END):
    from asn1crypto import keys
    from asn1crypto.x509 import Certificate

    private = key(name).private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    own, above = (Certificate.load(der(c)) for c in (certificate(name, "Nơi cấp thử", until), root()))
    return SimpleSigner(
        signing_cert=own, signing_key=keys.PrivateKeyInfo.load(private), cert_registry=SimpleCertificateStore.from_certs([above])
    )


def blank():
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.drawString(100, 700, "So 12 ngay 26 thang 9")
    page.save()
    return stream.getvalue()


def sign(data, name="Nguyễn Văn Mẫu", field="Ky1", until=END, when=datetime(2023, 9, 26, 8, 0, 6, tzinfo=timezone(timedelta(hours=7)))):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    spec = fields.SigFieldSpec(field)
    out = signers.PdfSigner(meta, signer(name, until), new_field_spec=spec, timestamper=None)
    text = io.BytesIO()
    out.sign_pdf(writer, output=text) if when is None else _signed_at(out, writer, text, when)
    return text.getvalue()


def _signed_at(out, writer, text, when):
    """Sign with a given time in the dictionary."""
    from unittest.mock import patch

    from pyhanko.sign.signers import pdf_signer

    with patch.object(pdf_signer, "datetime", _Clock(when)):
        out.sign_pdf(writer, output=text)


class _Clock:
    def __init__(self, when):
        self._when = when

    def now(self, tz=None):
        return self._when.astimezone(tz) if tz is None else self._when
