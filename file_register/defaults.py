"""書きはじめの値: what the 単票 of a new file already says, from the organisation and the ward's policy."""

from datetime import date

from file_register.models import FilePolicy
from organization.models import Department, DepartmentKind, Ward


def starting_values(department: Department, day: date) -> dict[str, str]:
    """行政機関等の名称 and 組織の名称 of the department, and the policy's texts of items 10, 14 and 16 on `day`."""
    values = {"organ_name": organ_name(department), "section_name": department.full_name}
    policy = FilePolicy.objects.as_of(day).first()
    if policy is not None:
        texts = ("request_office", "proposal_office", "anonymised_office")
        values |= {name: getattr(policy, name) for name in texts}
    return values


def organ_name(department: Department) -> str:
    """「練馬区長」「練馬区教育委員会」: the ward and the 実施機関 above the department; without a ward, the organ."""
    organ = department
    while organ.kind != DepartmentKind.ORGAN and organ.parent is not None:
        organ = organ.parent
    ward = Ward.objects.first()
    if ward is None:
        return organ.name
    return ward.name.removesuffix("区") + organ.name if organ.name.startswith("区") else ward.name + organ.name
