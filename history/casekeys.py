"""案件ごとの鍵: personal data of residents stands encrypted, one key per case; erasing the key erases the data.

History rows copy the encrypted text, so that 廃棄 (destroying the key) makes every copy unreadable while the trail
stays whole, row for row (architecture §4, Trail).
"""

from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet
from django.db import models

from history.errors import DomainError


class CaseKeyErased(DomainError):
    """廃棄済み: the data was encrypted with a key that has been destroyed."""

    def __init__(self) -> None:
        super().__init__("保存期間が終わり廃棄したため、内容を読むことはできません。")


class CaseKey(models.Model):
    """案件の鍵: encrypts and decrypts the personal data of one case until it is erased.

    Not tracked: a history row would keep the very key that erasure must destroy.
    """

    secret = models.BinaryField("鍵", null=True, editable=False, default=Fernet.generate_key)
    erased_at = models.DateTimeField("廃棄日時", null=True, editable=False)

    class Meta:
        verbose_name = "案件の鍵"
        verbose_name_plural = "案件の鍵"
        constraints = [
            models.CheckConstraint(
                name="casekey_has_secret_or_is_erased",
                condition=models.Q(secret__isnull=True) ^ models.Q(erased_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"鍵{self.pk}" + ("（廃棄済み）" if self.erased_at else "")

    def encrypt(self, text: str) -> str:
        """`text` as a token that only this key reads. Raises CaseKeyErased."""
        return self._fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """What `encrypt` was given. Raises CaseKeyErased."""
        return self._fernet().decrypt(token.encode("ascii")).decode()

    def erase(self, at: datetime) -> None:
        """廃棄: destroy the key; irreversible."""
        self.secret, self.erased_at = None, at
        self.save()

    def _fernet(self) -> Any:
        if self.secret is None:
            raise CaseKeyErased
        return Fernet(bytes(self.secret))
