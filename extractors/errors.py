"""Problems as data, and the exceptions for "cannot go on with this file".

Every class carries a stable code, a Vietnamese sentence that says what happened and one that says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Severity(StrEnum):
    """How much a problem matters to the clerk."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Problem:
    """One thing that the clerk or the reviewer should know ("vấn đề")."""

    code: str
    message: str
    severity: Severity = Severity.WARNING
    where: str = ""
    remedy: str = ""


class DispatchError(Exception):
    """A file that cannot be processed; the run goes on with the next one."""

    code: ClassVar[str] = "E000"
    message: ClassVar[str] = "Không xử lý được tệp này."
    remedy: ClassVar[str] = "Hãy báo người quản trị kèm tên tệp."

    def __init__(self, where: str = "") -> None:
        super().__init__(self.message)
        self.where = where

    def problem(self) -> Problem:
        """Return the error as data."""
        return Problem(self.code, self.message, Severity.ERROR, self.where, self.remedy)


class UnsupportedFormat(DispatchError):
    """None of the kinds of file that are read, by its bytes."""

    code = "E101"
    message = "Tệp không phải là PDF, văn bản Word (DOCX, DOC, RTF, ODT) hoặc ảnh quét (PNG, JPEG, TIFF)."
    remedy = "Hãy mở tệp bằng Word và lưu lại dưới dạng .docx, hoặc xuất ra PDF, rồi đưa vào lại."


class UnreadableFile(DispatchError):
    """Damaged, truncated or not what it claims to be."""

    code = "E102"
    message = "Tệp bị hỏng hoặc không đọc được."
    remedy = "Hãy mở thử tệp; nếu không mở được, đề nghị nơi gửi gửi lại bản khác."


class EncryptedFile(DispatchError):
    """Needs a password to be opened."""

    code = "E103"
    message = "Tệp được đặt mật khẩu nên không mở được."
    remedy = "Hãy xin mật khẩu của nơi gửi, lưu một bản không có mật khẩu rồi đưa vào lại."


class EmptyFile(DispatchError):
    """Zero bytes, or no page and no paragraph."""

    code = "E104"
    message = "Tệp rỗng, không có nội dung."
    remedy = "Hãy kiểm tra lại tệp hoặc đề nghị nơi gửi gửi lại."


class NeedsOcr(DispatchError):
    """Pages are pictures and no text can be read from them."""

    code = "E105"
    message = "Văn bản là bản quét (ảnh), chưa có lớp chữ để đọc."
    remedy = (
        "Máy chưa cài bộ nhận dạng chữ tiếng Việt (tesseract): hãy chạy lệnh “sudo apt install tesseract-ocr-vie” rồi đưa tệp vào lại, "
        "hoặc đề nghị nơi gửi gửi bản điện tử có chữ."
    )


class NoReadableText(DispatchError):
    """Pages are pictures, and recognising them gave no text."""

    code = "E107"
    message = "Văn bản là ảnh và không nhận dạng được chữ nào."
    remedy = "Hãy quét lại cho rõ và thẳng (300 dpi), hoặc đề nghị nơi gửi gửi bản điện tử có chữ."


class ImageTooLarge(DispatchError):
    """A picture that claims more pixels than can be decoded."""

    code = "E116"
    message = "Ảnh có kích thước quá lớn nên không được đọc."
    remedy = "Hãy quét lại ở 300 dpi, khổ A4, rồi đưa vào lại."


class SecretDocument(DispatchError):
    """Stamped MẬT, TỐI MẬT or TUYỆT MẬT: not processed, nothing of it is logged."""

    code = "E106"
    message = "Văn bản có dấu chỉ mức độ mật nên không được xử lý trên phần mềm này."
    remedy = "Hãy lấy tệp ra khỏi máy này và xử lý theo quy định về bảo vệ bí mật nhà nước."


class UnreadableEnvelope(DispatchError):
    """An edXML message that is damaged, dangerous or beyond the limits."""

    code = "E122"
    message = "Phong bì điện tử (edXML) bị hỏng hoặc không đọc được."
    remedy = "Hãy tải lại gói tin từ trục liên thông; văn bản kèm theo vẫn có thể đưa vào mà không cần phong bì."


class LoneEnvelope(DispatchError):
    """An edXML message without the document that it announces."""

    code = "E123"
    message = "Phong bì điện tử (edXML) không có văn bản kèm theo."
    remedy = "Hãy đưa vào cùng lúc phong bì và tệp văn bản (cùng tên, khác đuôi)."


class BadPackage(DispatchError):
    """A zip or a message whose files cannot be unpacked safely."""

    code = "E124"
    message = "Gói tệp (zip, edXML) không mở được an toàn: hỏng, có mật khẩu, quá lớn, lồng nhau hoặc tên tệp không hợp lệ."
    remedy = "Hãy giải nén trên máy khác, kiểm tra rồi đưa từng tệp vào."


class OfficeMissing(DispatchError):
    """A ``.doc``, ``.rtf`` or ``.odt``, and LibreOffice is not installed."""

    code = "E125"
    message = "Tệp .doc, .rtf, .odt được đọc bằng LibreOffice, nhưng máy chưa cài LibreOffice."
    remedy = (
        "Hãy cài LibreOffice (Linux: sudo apt install libreoffice-writer-nogui; Windows, macOS: bộ cài của libreoffice.org) "
        "rồi đưa tệp vào lại, hoặc mở tệp bằng Word và lưu lại dưới dạng .docx."
    )


class ConversionFailed(DispatchError):
    """LibreOffice could not open the file."""

    code = "E126"
    message = "LibreOffice không mở được tệp này."
    remedy = "Hãy mở tệp bằng Word và lưu lại dưới dạng .docx rồi đưa vào lại; nếu không mở được, đề nghị nơi gửi gửi lại bản khác."


class ConversionTooSlow(DispatchError):
    """LibreOffice did not finish in time and was stopped."""

    code = "E127"
    message = "LibreOffice mở tệp quá lâu nên đã dừng."
    remedy = "Hãy mở tệp bằng Word và lưu lại dưới dạng .docx rồi đưa vào lại."
