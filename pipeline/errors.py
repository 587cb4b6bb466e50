"""The exceptions that end a command, each with its code, its Vietnamese words, its remedy and its exit code.

A single bad file is not among them (``extractors.errors``): it is refused and the run goes on.
"""

from __future__ import annotations

import errno
from enum import IntEnum
from pathlib import Path
from typing import ClassVar

from extractors.errors import Problem, Severity


class ExitCode(IntEnum):
    """What the shell gets back."""

    DONE = 0
    SOME_REFUSED = 1
    USAGE = 2
    SETUP = 3
    """The profile or a template is wrong."""
    OUTPUT = 5
    INTERRUPTED = 130


_SYSTEM_WORDS = {
    errno.ENOENT: "Đường dẫn không có thật hoặc không cho tạo tệp.",
    errno.EACCES: "Không có quyền ghi.",
    errno.EPERM: "Không có quyền ghi.",
    errno.EROFS: "Ổ đĩa chỉ cho đọc.",
    errno.ENOSPC: "Ổ đĩa hết chỗ trống.",
    errno.EDQUOT: "Ổ đĩa hết phần dung lượng được cấp.",
    errno.EFBIG: "Tệp lớn hơn mức ổ đĩa hoặc máy cho phép.",
    errno.EIO: "Ổ đĩa hoặc ổ mạng bị lỗi.",
    errno.ESTALE: "Ổ mạng đã mất kết nối.",
    errno.ENOTCONN: "Ổ mạng đã mất kết nối.",
    errno.EHOSTDOWN: "Ổ mạng đã mất kết nối.",
    errno.ETIMEDOUT: "Ổ mạng không trả lời.",
    errno.ENOTDIR: "Có một tệp trùng tên nằm ở chỗ của thư mục.",
    errno.EEXIST: "Có một tệp trùng tên nằm ở chỗ của thư mục.",
}


def system_words(error: OSError) -> str:
    """Return what the operating system says, in the clerk's language where it is a usual thing."""
    return _SYSTEM_WORDS.get(error.errno or 0, error.strerror or "")


class CongvanError(Exception):
    """Something that ends the whole command.

    ``where`` is a file, folder or program; ``detail`` adds what only this case knows; ``problems`` lists single findings.
    """

    code: ClassVar[str] = "E200"
    message: ClassVar[str] = "Không thực hiện được lệnh."
    remedy: ClassVar[str] = "Hãy báo người quản trị kèm toàn bộ thông báo này."
    exit_code: ClassVar[ExitCode] = ExitCode.SOME_REFUSED

    def __init__(self, where: str = "", detail: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(": ".join(part for part in (self.message.rstrip("."), where, detail) if part))
        self.where = where
        self.detail = detail
        self.problems = problems

    def problem(self) -> Problem:
        """Return the error as data."""
        message = f"{self.message} {self.detail}".strip()
        return Problem(self.code, message, Severity.ERROR, self.where, self.remedy)


class UsageError(CongvanError):
    """The command was called with arguments that make no sense together."""

    code = "E201"
    message = "Lệnh được gọi chưa đúng."
    remedy = "Hãy gõ lại lệnh kèm --help để xem cách dùng."
    exit_code = ExitCode.USAGE


class FolderError(UsageError):
    """A working folder is missing, or one lies inside another."""

    code = "E202"
    message = "Thư mục làm việc chưa đúng."
    remedy = "Hãy tạo thư mục bằng lệnh congvan init, và để thư mục kết quả nằm ngoài thư mục văn bản đến."


class NoSuchFile(UsageError):
    """A file that the call names is not there or cannot be opened."""

    code = "E204"
    message = "Không mở được tệp được nêu trong lệnh."
    remedy = "Hãy kiểm tra đường dẫn, tên tệp và quyền đọc rồi gõ lại."


class WorkspaceBusy(UsageError):
    """Another run works in the same workspace."""

    code = "E203"
    message = "Đang có một lần chạy khác (congvan run hoặc congvan watch) trong thư mục làm việc này."
    remedy = "Hãy đợi lần chạy kia xong, hoặc dừng congvan watch, rồi chạy lại."


class ProfileError(CongvanError):
    """The profile of the authority ("hồ sơ cơ quan") cannot be used; ``problems`` names every mistake with its line."""

    code = "E210"
    message = "Hồ sơ cơ quan có lỗi."
    remedy = "Hãy sửa các dòng được nêu rồi chạy lại lệnh congvan profile check."
    exit_code = ExitCode.SETUP


class NoAuthorityOnDay(ProfileError):
    """No authority of the profile is valid on the day of drafting."""

    code = "E211"
    message = "Hồ sơ không có cơ quan nào còn hiệu lực vào ngày soạn thảo."
    remedy = "Hãy kiểm tra valid_from, valid_to trong hồ sơ, hoặc chọn hồ sơ của giai đoạn tương ứng."


class TemplateError(CongvanError):
    """A template of a draft ("mẫu văn bản") cannot be used."""

    code = "E220"
    message = "Mẫu văn bản có lỗi."
    remedy = "Hãy sửa mẫu tại dòng được nêu rồi chạy lại."
    exit_code = ExitCode.SETUP


class OutputNotWritable(CongvanError):
    """The results cannot be written: no permission, no space, a read-only folder."""

    code = "E240"
    message = "Không ghi được kết quả."
    remedy = "Hãy kiểm tra quyền ghi và dung lượng trống của thư mục kết quả, đóng các tệp đang mở bằng Word rồi chạy lại."
    exit_code = ExitCode.OUTPUT

    @classmethod
    def caused_by(cls, error: OSError, fallback: Path) -> OutputNotWritable:
        """Return the error for one of the operating system, in the clerk's language where it is a usual one."""
        return cls(str(error.filename2 or error.filename or fallback), system_words(error))


class LedgerLocked(OutputNotWritable):
    """Another program holds the ledger ("sổ theo dõi") and did not let go of it in time."""

    code = "E241"
    message = "Sổ theo dõi đang bị một chương trình khác khóa; chưa có văn bản nào bị mất."
    remedy = "Hãy đóng chương trình đang mở tệp so-theo-doi.sqlite (sao lưu, đồng bộ, quét virus) rồi chạy lại."


class LedgerDamaged(OutputNotWritable):
    """The ledger is no ledger any more, or empty although dispatches were processed: going on would number and draft them anew."""

    code = "E267"
    message = "Sổ theo dõi bị hỏng."
    remedy = "Hãy lấy lại từ bản sao lưu cả thư mục .congvan; đừng chạy tiếp trước đó."


class NotInLedger(UsageError):
    """The call names a dispatch or a duty that the ledger does not know, or that is not the only one of that name."""

    code = "E261"
    message = "Không có văn bản hoặc nhiệm vụ nào được gọi như vậy trong sổ theo dõi, hoặc có nhiều hơn một."
    remedy = "Hãy ghi số đến (ví dụ 15/2026), tên tệp hoặc tên thư mục dự thảo."


class WrongDay(UsageError):
    """A duty cannot have been done on the day that the call names."""

    code = "E252"
    message = "Ngày hoàn thành chưa đúng; chưa ghi gì vào sổ theo dõi."
    remedy = "Hãy ghi ngày từ ngày văn bản đến cho tới hôm nay, dạng 2026-03-09, sau --on."


class NumberTaken(UsageError):
    """A year's numbers of arrival cannot go on with a number that was given already."""

    code = "E253"
    message = "Số đến này đã được cấp trong năm nên không đặt lại được."
    remedy = "Hãy chọn số lớn hơn mọi số đến đã cấp trong năm."


class ProfileNotEditable(CongvanError):
    """The profile is laid out in a way that the program does not change by itself."""

    code = "E254"
    message = "Không tự sửa được hồ sơ cơ quan; hồ sơ giữ nguyên."
    remedy = "Hãy thêm cụm từ được nêu vào competences của đơn vị bằng tay, rồi chạy congvan profile check."
    exit_code = ExitCode.SETUP


class PlanUnreadable(CongvanError):
    """The stored plan of a folder of drafts cannot be used."""

    code = "E341"
    message = "Không đọc được tệp kế hoạch (ke-hoach.json) của dự thảo."
    remedy = "Hãy lấy lại tệp từ bản sao lưu của thư mục dự thảo, hoặc soạn lại dự thảo từ văn bản gốc."


class NotOurDraft(UsageError):
    """The file is no draft of this program, or lost the mark by which its plan is found."""

    code = "E342"
    message = "Tệp này không phải là dự thảo (.docx) do phần mềm soạn, hoặc đã mất dấu nhận biết."
    remedy = "Hãy chép tệp vào thư mục dự thảo của văn bản (trong 2-du-thao) rồi gõ lại lệnh với tệp ở đó."


class NoWorkspace(UsageError):
    """The draft lies outside any workspace, and the call names none."""

    code = "E343"
    message = "Chưa biết dự thảo thuộc thư mục làm việc nào."
    remedy = "Hãy thêm --workspace THƯ_MỤC_LÀM_VIỆC vào lệnh."


class OtherWorkspace(UsageError):
    """The ledger of the workspace does not know the dispatch that the draft was made for."""

    code = "E344"
    message = "Dự thảo này của một thư mục làm việc khác: sổ theo dõi không có văn bản gốc của nó."
    remedy = "Hãy ghi đúng thư mục làm việc đã soạn dự thảo này sau --workspace."


class NotReady(CongvanError):
    """The reviewed draft still holds what a person must decide; ``problems`` names every place."""

    code = "E345"
    message = "Chưa chốt được dự thảo; chưa có gì thay đổi."
    remedy = "Hãy xử lý các điểm được nêu rồi gõ lại lệnh, hoặc thêm --force để vẫn chốt."


class OlderVersion(UsageError):
    """The draft is of a version that a later one has replaced."""

    code = "E346"
    message = "Dự thảo này là bản cũ: văn bản đã được soạn lại."
    remedy = "Hãy chuyển những chỗ đã sửa sang dự thảo trong thư mục được nêu rồi chốt bản đó."


class NothingRead(CongvanError):
    """No duty of the plan is found in the reviewed draft."""

    code = "E347"
    message = "Không nhận ra nhiệm vụ nào của kế hoạch trong dự thảo đã sửa; chưa có gì thay đổi."
    remedy = "Hãy kiểm tra có đúng tệp không; nếu đã gõ lại toàn bộ, hãy sửa trên dự thảo gốc của máy."


class Interrupted(CongvanError):
    """The user stopped the command; what was delivered stays, what was begun is taken up by the next run."""

    code = "E250"
    message = "Đã dừng theo yêu cầu."
    remedy = "Các văn bản đã xong được giữ nguyên; chạy lại lệnh để làm tiếp."
    exit_code = ExitCode.INTERRUPTED
