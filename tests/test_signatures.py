"""Digital signatures: who signed, when, whether the bytes are unchanged, trusted or not; never a network call."""

import io
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

import pytest
import signing
from paper import layout
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from extractors import signed
from extractors.dispatch import Document, PrintedDate, Signature
from extractors.evidence import ABSENT, Found, Missing, Reason
from extractors.layout import Layout
from extractors.readers import pdf_signed, signatures
from extractors.readers.signature_stamps import unsigned
from pipeline.errors import ProfileError
from pipeline.profile import check as check_profile
from pipeline.profile import load

ROOT = Path(__file__).parents[1]
PDF = Layout("application/pdf", ())
TRUSTED = (signing.der(signing.root()),)
WHEN = "2023-09-26T08:00:06+07:00"


def verdicts(data, trusted=TRUSTED):
    return [(one.signature.signer, one.signature.signed_at, one.signature.status) for one in signatures.check(data, trusted)]


def codes(found):
    return [problem.code for problem in found.problems]


def edited(data):
    """The same file with a page text put behind the signature, as an incremental change."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 12 Tf 100 600 Td (Khac) Tj ET"))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def tampered(data):
    return data.replace(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 596", 1)


@pytest.fixture(scope="module")
def paper():
    return signing.sign(signing.blank())


def test_a_trusted_signature_is_valid(paper):
    assert verdicts(paper) == [("Nguyễn Văn Mẫu", WHEN, "valid")]
    assert signed.check(paper, PDF, TRUSTED).problems == ()


def test_a_signer_outside_the_list_is_untrusted(paper):
    other = (signing.der(signing.certificate("Nơi khác", "Nơi khác", authority=True)),)
    assert verdicts(paper, other) == [("Nguyễn Văn Mẫu", WHEN, "untrusted")]
    assert codes(signed.check(paper, PDF, other)) == ["W232"]


def test_without_a_list_nobody_is_trusted_and_that_is_only_told(paper):
    found = signed.check(paper, PDF, ())
    assert [one.status for one in found.signatures] == ["untrusted"]
    assert codes(found) == ["I231"]


def test_changed_bytes_are_found(paper):
    changed = tampered(paper)
    assert changed != paper
    assert verdicts(changed) == [("Nguyễn Văn Mẫu", WHEN, "invalid")]
    found = signed.check(changed, PDF, TRUSTED)
    assert codes(found) == ["W231"]
    assert "bị thay đổi" in found.signatures[0].detail


def test_a_change_behind_the_signature_is_found(paper):
    assert verdicts(edited(paper)) == [("Nguyễn Văn Mẫu", WHEN, "invalid")]
    assert "sau khi ký" in signed.check(edited(paper), PDF, TRUSTED).signatures[0].detail


def test_a_second_signature_leaves_the_first_valid(paper):
    twice = signing.sign(paper, "Ủy ban nhân dân xã Mẫu", "Ky2")
    assert [status for _, _, status in verdicts(twice)] == ["valid", "valid"]


def test_a_certificate_that_had_lapsed_at_signing_is_not_trusted():
    late = signing.sign(signing.blank(), "Trần Thị Cũ", until=datetime(2022, 1, 1, tzinfo=UTC))
    assert verdicts(late) == [("Trần Thị Cũ", WHEN, "untrusted")]
    assert "hiệu lực" in signed.check(late, PDF, TRUSTED).signatures[0].detail


@pytest.mark.parametrize(
    ("old", "new"),
    [(rb"/ByteRange", b"/ByteRangX"), (rb"/Contents\s?<30", b"/Contents <99"), (rb"/ByteRange \[0 ", b"/ByteRange [x ")],
    ids=["no byte range", "contents are no signature", "byte range of letters"],
)
def test_a_broken_signature_is_invalid_and_no_crash(paper, old, new):
    broken, changes = re.subn(old, new, paper)
    assert changes
    found = signed.check(broken, PDF, TRUSTED)
    assert [one.status for one in found.signatures] == ["invalid"]
    assert codes(found) == ["W231"]


def test_a_cut_off_file_is_no_crash(paper):
    for part in (3, 2):
        signed.check(paper[: len(paper) * (part - 1) // part], PDF, TRUSTED)


def test_a_hundred_fields_are_all_listed_and_only_so_many_checked():
    data = signing.blank()
    for number in range(1, 41):
        data = signing.sign(data, field=f"Ky{number}")
    from pyhanko.sign import fields

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for number in range(41, 101):
        fields.append_signature_field(writer, fields.SigFieldSpec(f"Trong{number}"))
    out = io.BytesIO()
    writer.write(out)
    with patch.object(signatures, "MOST_CHECKED", 3):
        found = signed.check(out.getvalue(), PDF, TRUSTED)
    assert len(found.signatures) == 40, "empty fields are no signatures"
    assert [one.status for one in found.signatures] == ["valid"] * 3 + ["untrusted"] * 37
    assert codes(found) == ["W232"]


def test_without_the_optional_part_signatures_are_told_and_not_checked(paper):
    with patch.object(signatures, "available", lambda: False):
        found = signed.check(paper, PDF, TRUSTED)
    assert [(one.signer, one.signed_at, one.status) for one in found.signatures] == [(None, WHEN, "untrusted")]
    assert "Chưa kiểm tra" in found.signatures[0].detail
    assert codes(found) == ["I232"]


def test_no_socket_is_opened_to_anyone(paper, tmp_path):
    """Held by Python's own audit events, in a process of its own."""
    (tmp_path / "a.pdf").write_bytes(paper)
    (tmp_path / "root.der").write_bytes(TRUSTED[0])
    code = """
import sys
from pathlib import Path
def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto", "urllib.Request"):
        print("NETWORK", event); raise SystemExit(9)
sys.addaudithook(watch)
from extractors.readers import signatures
folder = Path(sys.argv[1])
print(signatures.check((folder / "a.pdf").read_bytes(), [(folder / "root.der").read_bytes()])[0].signature.status)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
    assert (done.stdout.strip(), done.returncode) == ("valid", 0), done.stderr


def test_an_unsigned_file_costs_no_import():
    assert not pdf_signed.may_be_signed(signing.blank())


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("D:20230926080006+07'00'", WHEN),
        ("D:20230926080006Z", "2023-09-26T08:00:06+00:00"),
        ("D:202309260800", "2023-09-26T08:00:00"),
        ("D:20231326080006+07'00'", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_times_of_a_pdf(stated, iso):
    assert pdf_signed.iso_time(stated) == iso


# Stamps without a signature


@pytest.mark.parametrize(
    ("lines", "signer", "moment"),
    [
        ("Người ký: Nguyễn Văn Mẫu\nThời gian ký: 26/09/2023 08:00:06 +07:00", "Nguyễn Văn Mẫu", WHEN),
        ("2023-09-26T08:00:06+07:00\nUBND xã Mẫu<ubnd@vidu.vn> đã ký lên văn bản này!", "UBND xã Mẫu", WHEN),
        ("Ký bởi: UBND xã Mẫu", "UBND xã Mẫu", None),
    ],
)
def test_a_stamp_without_a_signature(lines, signer, moment):
    (found,) = unsigned(layout("x", stamps=lines).stamps)
    assert (found.signer, found.signed_at, found.status) == (signer, moment, "unsigned-stamp")


def test_an_arrival_stamp_is_no_signature():
    assert unsigned(layout("x", stamps="CÔNG VĂN ĐẾN\nSố: 12\nNgày: 26/09/2023").stamps) == ()


# The day of signing


def doc(day, year=2023, month=9):
    return Document(date=day, date_printed=PrintedDate(year, month, None))


BLANK = Missing(Reason.BLANK)


@pytest.mark.parametrize(
    ("document", "status", "wanted"),
    [
        (doc(BLANK), "valid", ("2023-09-26",)),
        (doc(BLANK, month=None), "untrusted", ("2023-09-26",)),
        (doc(BLANK, month=8), "valid", ()),
        (doc(BLANK), "invalid", ()),
        (doc(ABSENT), "valid", ()),
    ],
    ids=["blank day", "blank month", "another month", "broken signature", "no date line"],
)
def test_the_day_of_signing_is_a_candidate_for_a_blank_day_only(document, status, wanted):
    after = signed.with_signing_days(document, [Signature("A", WHEN, status)])
    assert isinstance(after.date, Missing)
    assert after.date.candidates == wanted


def test_a_printed_day_stays():
    printed = doc(Found(date(2023, 9, 20)))
    assert signed.with_signing_days(printed, [Signature("A", WHEN, "valid")]) is printed


# The list of trusted certificates


def profile(tmp_path, content=None):
    (tmp_path / "a.toml").write_bytes((ROOT / "samples" / "profiles" / "huyen-2023.toml").read_bytes())
    (tmp_path / "chung-thu").mkdir()
    if content is not None:
        (tmp_path / "chung-thu" / "goc.pem").write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("made", [signing.pem, signing.der], ids=["PEM", "DER"])
def test_the_profile_gives_its_certificates(tmp_path, made):
    assert load(profile(tmp_path, made(signing.root()))).trusted == TRUSTED


def test_a_bundle_gives_all(tmp_path):
    assert len(load(profile(tmp_path, signing.pem(signing.root()) * 2)).trusted) == 2


@pytest.mark.parametrize(
    "content", [b"", b"chung thu", b"-----BEGIN CERTIFICATE-----\n?!\n-----END CERTIFICATE-----\n", b"0\x82\x01\x00abc"]
)
def test_a_file_that_is_no_certificate_is_named(tmp_path, content):
    folder = profile(tmp_path, content)
    assert [problem.code for problem in check_profile(folder)] == ["E121"]
    with pytest.raises(ProfileError):
        load(folder)


def test_an_offset_other_than_ours_is_kept():
    when = datetime(2023, 9, 26, 1, 0, 6, tzinfo=timezone(timedelta(hours=0)))
    assert verdicts(signing.sign(signing.blank(), when=when))[0][1].startswith("2023-09-26T01:00:06")
