"""公表の前提: whose registers these are, which of them are open today, and under which decision of the ward."""

from dataclasses import dataclass
from datetime import date

from file_register.models import FilePolicy
from organization.models import Ward
from public.models import PublicPolicy


@dataclass(frozen=True)
class Setting:
    """What every public page needs to know before it shows anything."""

    today: date
    ward: str
    policy: PublicPolicy | None
    publishes_small: bool

    @property
    def activity_fields(self) -> frozenset[str]:
        """The keys of 業務登録 that are public today; none without a policy."""
        return frozenset(self.policy.activity_fields) if self.policy else frozenset()

    @property
    def keeps_names(self) -> bool:
        """Whether the name of a removed entry may still be read."""
        return self.policy is not None and self.policy.keeps_names


def read(today: date) -> Setting:
    """Three statements."""
    ward = Ward.objects.first()
    return Setting(
        today=today,
        ward=ward.name if ward else "",
        policy=PublicPolicy.objects.as_of(today).first(),
        # Without a policy nothing has been decided, so nothing small is shown.
        publishes_small=FilePolicy.objects.as_of(today).filter(publishes_small=True).exists(),
    )
