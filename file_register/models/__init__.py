"""個人情報ファイルの表."""

from file_register.models.counts import FileCount
from file_register.models.files import FileActivity, PersonalFile, PersonalFileScan, PersonalFileVersion
from file_register.models.policies import FilePolicy
from file_register.models.public import PublicEntry, PublishedState

__all__ = [
    "FileActivity",
    "FileCount",
    "FilePolicy",
    "PersonalFile",
    "PersonalFileScan",
    "PersonalFileVersion",
    "PublicEntry",
    "PublishedState",
]
