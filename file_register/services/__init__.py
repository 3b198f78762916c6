"""個人情報ファイルの手続: every write of the register of files."""

from file_register.services.counting import correct_file_count, count_personal_file
from file_register.services.drafting import create_personal_file, edit_personal_file
from file_register.services.entry_days import correct_entry_days
from file_register.services.errors import (
    Abolished,
    AgainstRule,
    AlreadyChanged,
    ChangeUnderWay,
    CorrectedLater,
    FileIncomplete,
    MustNotBePublished,
    NoSuccessor,
    NothingToCorrect,
    NotInForce,
    NotPublished,
    OrdinanceRegisterClosed,
    SectionGone,
)
from file_register.services.publishing import correct_file_entry, publish_file_entry, remove_file_entry
from file_register.services.renaming import rename_file_section
from file_register.services.steps import (
    abolish_personal_file,
    register_personal_file,
    return_personal_file,
    revise_personal_file,
    submit_personal_file,
    withdraw_personal_file,
)

__all__ = [
    "Abolished",
    "AgainstRule",
    "AlreadyChanged",
    "ChangeUnderWay",
    "CorrectedLater",
    "FileIncomplete",
    "MustNotBePublished",
    "NoSuccessor",
    "NotInForce",
    "NotPublished",
    "NothingToCorrect",
    "OrdinanceRegisterClosed",
    "SectionGone",
    "abolish_personal_file",
    "correct_entry_days",
    "correct_file_count",
    "correct_file_entry",
    "count_personal_file",
    "create_personal_file",
    "edit_personal_file",
    "publish_file_entry",
    "register_personal_file",
    "remove_file_entry",
    "rename_file_section",
    "return_personal_file",
    "revise_personal_file",
    "submit_personal_file",
    "withdraw_personal_file",
]
