"""Exchange messages composed for the tests, in the shapes that are met in the field."""

from __future__ import annotations

import base64
import io
import zipfile

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def usual(prefix: str = "edXML", namespace: str = QCVN, business: str = "", files: str = "", header: str = "", **facts: str) -> bytes:
    """A message as QCVN 102:2016 has it; every element with the prefix, or with none."""
    known = {
        "number": "2718", "symbol": "UBND-VP", "date": "2023/09/19", "subject": "", "priority": "0", "due": "", "signer": "",
        "organ": "H56", "organ_name": "UBND tỉnh",
    } | facts  # fmt: skip
    p = f"{prefix}:" if prefix else ""
    xmlns = f'xmlns{":" + prefix if prefix else ""}="{namespace}"' if namespace else ""
    text = f"""<?xml version="1.0" encoding="utf-8"?>
<{p}edXML {xmlns}><{p}edXMLEnvelope><{p}edXMLHeader><{p}MessageHeader>
<{p}From><{p}OrganId>{known["organ"]}</{p}OrganId><{p}OrganName>{known["organ_name"]}</{p}OrganName></{p}From>
<{p}To><{p}OrganId>H56.12</{p}OrganId><{p}OrganName>UBND huyện</{p}OrganName></{p}To>
<{p}To><{p}OrganId>H56.13</{p}OrganId></{p}To>
<{p}Code><{p}CodeNumber>{known["number"]}</{p}CodeNumber><{p}CodeNotation>{known["symbol"]}</{p}CodeNotation></{p}Code>
<{p}PromulgationInfo><{p}Place>Hải Dương</{p}Place><{p}PromulgationDate>{known["date"]}</{p}PromulgationDate></{p}PromulgationInfo>
<{p}DocumentType><{p}Type>2</{p}Type><{p}TypeName>Công văn</{p}TypeName></{p}DocumentType>
<{p}Subject>{known["subject"]}</{p}Subject>
<{p}SignerInfo><{p}Competence>KT. CHỦ TỊCH</{p}Competence><{p}Position>PHÓ CHỦ TỊCH</{p}Position>
<{p}FullName>{known["signer"]}</{p}FullName></{p}SignerInfo>
<{p}DueDate>{known["due"]}</{p}DueDate><{p}OtherInfo><{p}Priority>{known["priority"]}</{p}Priority></{p}OtherInfo>
{header}
</{p}MessageHeader><{p}TraceHeaderList>{business}</{p}TraceHeaderList></{p}edXMLHeader></{p}edXMLEnvelope>{files}</{p}edXML>"""
    return text.encode()


def business(kind: int, inner: str = "", prefix: str = "edXML:") -> str:
    p = prefix
    reason = f"<{p}BussinessDocReason>Nhầm nơi nhận</{p}BussinessDocReason>"
    return f"<{p}Bussiness><{p}BussinessDocType>{kind}</{p}BussinessDocType>{reason}{inner}</{p}Bussiness>"


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def attached(*files: tuple[str, bytes], packed: bool = True) -> str:
    """The files of a message, each packed by itself and written in base64, as the exchange's programs do."""
    parts = []
    for number, (name, data) in enumerate(files):
        text = base64.b64encode(zipped(name, data) if packed else data).decode()
        parts.append(f"<Attachment><ContentId>cid:{number}</ContentId><AttachmentName>{name}</AttachmentName>"
                     f"<ContentTransferEncoded>{text}</ContentTransferEncoded></Attachment>")  # fmt: skip
    return f"<AttachmentEncoded>{''.join(parts)}</AttachmentEncoded>"
