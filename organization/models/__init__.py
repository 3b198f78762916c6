"""組織: the ward, its departments through time, its users and what they are charged with."""

from organization.models.departments import Department, DepartmentKind, Succession, Ward
from organization.models.handovers import HandOver
from organization.models.users import Assignment, Role, User

__all__ = ["Assignment", "Department", "DepartmentKind", "HandOver", "Role", "Succession", "User", "Ward"]
