"""利用者の表: who signs in and with which charges, as a table; one row is one charge. Passwords never go out or in."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from tablib import Dataset

from exchange.cells import Answer, Choice, Day, Text, plain
from exchange.columns import Column, model_column
from exchange.departments import DepartmentName
from exchange.drafts import Draft, Fault, Outcome
from exchange.lives import ACTION, Faults
from exchange.resources import RegisterResource, Step, no_step
from exchange.versioned import ID, id_text, is_number
from history.bulk import create_all_as, save_all_as
from history.writing import Actor
from organization.errors import LastAdministrator
from organization.models import Assignment, Department, Role, User

BY_HAND_OVER = "所属や役割の変更は、「異動・引継ぎ」の画面で行ってください。"
ROLES = {role.value: role.label for role in Role if role != Role.SYSTEM}
CHARGE = ("department", "role", "valid_from", "valid_to", "stands_in_for")
PERSON = ("name", "email", "is_active")


@dataclass
class Charge:
    """担当の一行: a user, with one charge or none."""

    user: User
    assignment: Assignment | None


def sign_in_name(value: Any) -> str:
    """利用者名 as a sign-in reads it: full-width letters are narrow ones (UsernameField does the same)."""
    return unicodedata.normalize("NFKC", plain(value))


class SignInName(Text):
    """利用者名 of the row's own person."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The name, normalised."""
        return sign_in_name(value)


class UserName(Text):
    """利用者名 of a person who is registered."""

    def __init__(self) -> None:
        super().__init__()
        self.users: dict[str, User] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> User | None:
        """The user. ValueError when there is none."""
        text = sign_in_name(value)
        if text and text not in self.users:
            raise ValueError(f"「{text[:60]}」という利用者はいません。")
        return self.users.get(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The name that the person signs in with."""
        return value.username if value else ""

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same person."""
        return old == new


class UserResource(RegisterResource):
    """利用者の表: a row for each charge; a user without any has one row."""

    id = Column("id", ID, note="担当の、このシステムの番号。新しい担当は空欄")
    username = model_column(User, "username", SignInName(), required=True)
    name = model_column(User, "name", required=True)
    email = model_column(User, "email")
    is_active = model_column(User, "is_active", Answer("有効", "無効"), note="有効、または無効。空欄は、いまのまま")
    department = model_column(Assignment, "department", DepartmentName(), note="担当がまだないときは空欄")
    role = model_column(Assignment, "role", Choice(ROLES), note="例：所管課 担当")
    valid_from = model_column(Assignment, "valid_from", Day())
    valid_to = model_column(Assignment, "valid_to", Day(), note="担当でなくなる最初の日")
    stands_in_for = model_column(Assignment, "stands_in_for", UserName(), note="代理のとき、相手の利用者名")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names: DepartmentName = self.fields["department"].widget

    def get_queryset(self) -> QuerySet:
        """Every user."""
        return User.objects.order_by("username")

    def iter_queryset(self, queryset: QuerySet) -> Iterator[dict[str, Any]]:
        """A state for each charge."""
        users = list(queryset)
        charges = self._charges(users)
        for user in users:
            for assignment in charges.get(user.pk) or [None]:
                yield self._state(Charge(user, assignment))

    def _charges(self, users: Sequence[User]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        rows = (
            Assignment.objects.filter(user__in=[user.pk for user in users]) if len(users) < 500 else Assignment.objects
        )
        for row in rows.select_related("stands_in_for", "user").order_by("pk"):
            found[row.user_id].append(row)
        return found

    def _state(self, charge: Charge) -> dict[str, Any]:
        row = charge.assignment
        state = {name: getattr(charge.user, name) for name in ("username", *PERSON)}
        if row is None:
            return state
        department = self.names.book.rows[row.department_id]
        return state | {name: getattr(row, name) for name in CHARGE} | {"id": row.pk, "department": department}

    def open_book(self, dataset: Dataset) -> None:
        """All users and charges: a ward has some hundreds."""
        self.names.today = self.today
        users = list(User.objects.order_by("pk"))
        self.users = {user.username: user for user in users}
        self.charges = self._charges(users)
        self.by_id = {row.pk: row for rows in self.charges.values() for row in rows}
        self.fields["stands_in_for"].widget.users = self.users
        self.taken: dict[Any, int] = {}
        self.persons: dict[str, tuple[Any, int]] = {}
        self.alike = {username.casefold(): username for username in self.users}

    def find(self, draft: Draft, row: Any) -> Faults:
        """By 管理番号, else by name, department, role and first day."""
        username, text = sign_in_name(row.get("利用者名")), id_text(row)
        user = self.users.get(username)
        if text:
            assignment = self.by_id.get(int(text)) if is_number(text) else None
            if assignment is None or user is None or assignment.user_id != user.pk:
                return {"id": ["この利用者に、この管理番号の担当はありません。新しい担当は空欄にしてください。"]}
            self._stand(draft, Charge(user, assignment))
        elif user is not None:
            self._stand_by_charge(draft, row, user)
        return self._once(draft, row, username)

    def _stand(self, draft: Draft, charge: Charge) -> None:
        draft.standing, draft.state = charge, self._state(charge)

    def _stand_by_charge(self, draft: Draft, row: Any, user: User) -> None:
        wanted = self._charge_cells(row)
        if wanted is None:
            self._stand(draft, Charge(user, None))
            return
        for assignment in self.charges.get(user.pk, []):
            if wanted == (assignment.department_id, assignment.role, assignment.valid_from, assignment.stands_in_for):
                self._stand(draft, Charge(user, assignment))

    def _charge_cells(self, row: Any) -> tuple[Any, ...] | None:
        """Department, role, first day and whom it stands in for; None for a row without a charge."""
        cells = {
            name: row.get(self.fields[name].label) for name in ("department", "role", "valid_from", "stands_in_for")
        }
        if not any(plain(cell) for cell in cells.values()):
            return None
        try:
            read = {name: self.fields[name].widget.clean(cell, row) for name, cell in cells.items()}
        except (ValueError, ValidationError):
            return (0,)  # told at its cell
        department: Department | None = read["department"]
        return (department.pk if department else 0, read["role"], read["valid_from"], read["stands_in_for"])

    def _once(self, draft: Draft, row: Any, username: str) -> Faults:
        key = (username, draft.state.get("id"), self._charge_cells(row) if not draft.state.get("id") else None)
        other = self.taken.setdefault(key, draft.line)
        return {"": [f"{other}行目と同じ担当です。"]} if other != draft.line else {}

    def settle(self, draft: Draft) -> None:
        """An empty 有効 leaves a person as they are; a new one can sign in."""
        if draft.values.get("is_active", "") is None:
            known = self.users.get(draft.target("username"))
            draft.values["is_active"] = known.is_active if known else True

    def title_of(self, draft: Draft, row: Any) -> str:
        """「nerima01　練馬 太郎」."""
        return "　".join(filter(None, (plain(row.get("利用者名")), plain(row.get("氏名・表示名")))))

    def faults_of(self, draft: Draft) -> Faults:
        """What the tables refuse, two rows that call a person differently, and what a hand-over does."""
        faults = self._person_faults(draft)
        if draft.values.get("department") or draft.values.get("role") or draft.state.get("id"):
            faults |= self._charge_faults(draft)
        return faults

    def _person_faults(self, draft: Draft) -> Faults:
        person = self._person(draft)
        faults: Faults = {}
        try:
            person.clean_fields(exclude=["password", "last_login"])
        except ValidationError as error:
            faults = dict(error.message_dict)
        words = tuple(getattr(person, name) for name in PERSON)
        said, line = self.persons.setdefault(person.username, (words, draft.line))
        known = self.users.get(person.username)
        alike = self.alike.setdefault(person.username.casefold(), person.username)
        if alike != person.username and known is None:
            faults["username"] = [f"利用者「{alike}」と、大文字・小文字だけが違います。同じ人ではありませんか。"]
        if said != words:
            faults["name"] = [f"{line}行目と、氏名、メールアドレスまたは有効が違います。"]
        elif draft.is_new and known is not None and any(self._differs(draft, known, name) for name in PERSON):
            faults["name"] = [f"登録されている「{known.name}」さんと違います。先に利用者を直してください。"]
        return faults

    def _differs(self, draft: Draft, known: User, name: str) -> bool:
        return name in draft.values and draft.values[name] != getattr(known, name)

    def _charge_faults(self, draft: Draft) -> Faults:
        faults: Faults = {
            name: [f"{self.fields[name].label}を入力してください。"]
            for name in ("department", "role")
            if not draft.target(name)
        }
        changed = {change.column for change in draft.changes}
        for name in ("department", "role"):
            if draft.standing is not None and self.fields[name].label in changed and draft.state.get("id"):
                faults[name] = [BY_HAND_OVER]
        first, end = draft.target("valid_from"), draft.target("valid_to")
        if first and end and end <= first:
            faults["valid_to"] = ["終了日は開始日より後の日にしてください。"]
        deputy = draft.target("stands_in_for")
        if deputy is not None and deputy.username == draft.target("username"):
            faults["stands_in_for"] = ["本人の代理にはなれません。"]
        if draft.is_new and not faults and self._overlaps(draft):
            faults["valid_from"] = ["同じ所属と役割の担当が、この期間にすでにあります。"]
        return faults

    def _overlaps(self, draft: Draft) -> bool:
        user = self.users.get(draft.target("username"))
        first, end = draft.target("valid_from"), draft.target("valid_to")
        return any(
            (row.department_id, row.role, row.stands_in_for)
            == (draft.target("department").pk, draft.target("role"), draft.target("stands_in_for"))
            and (row.valid_to is None or first is None or row.valid_to > first)
            and (end is None or row.valid_from is None or row.valid_from < end)
            for row in (self.charges.get(user.pk, []) if user else [])
        )

    def _person(self, draft: Draft) -> User:
        texts = {name: draft.target(name) or "" for name in ("username", "name", "email")}
        person = User(**texts)
        person.is_active = bool(draft.target("is_active", True))
        person.set_password(None)
        return person

    def kind_of(self, draft: Draft) -> str:
        """新しい利用者, 新しい担当 or 訂正."""
        if not draft.is_new:
            return "訂正"
        return "新しい担当" if draft.target("username") in self.users else "新しい利用者"

    def write(self, drafts: Sequence[Draft], *, actor: Actor, reason: str, step: Step = no_step) -> None:
        """People first, then their charges. Raises LastAdministrator."""
        people = {draft.target("username"): self._person(draft) for draft in drafts if draft.is_new}
        new = [person for name, person in people.items() if name not in self.users]
        create_all_as(new, actor, action=ACTION, reason=reason)
        self.users |= {person.username: person for person in new}
        touched: dict[int, User] = {}
        charges: list[Assignment] = []
        corrected: list[Assignment] = []
        for draft in drafts:
            if draft.standing is not None:
                _correct_person(draft, touched)
            if draft.target("department") is not None:
                self._write_charge(draft, charges, corrected)
        save_all_as(list(touched.values()), actor, action=ACTION, reason=reason)
        create_all_as(charges, actor, action=ACTION, reason=reason)
        save_all_as(corrected, actor, action=ACTION, reason=reason)
        administrators = Assignment.objects.as_of(self.today).filter(role=Role.ADMIN, user__is_active=True)
        if not administrators.exists():
            raise LastAdministrator

    def check_together(self) -> None:
        """Somebody stays an administrator, as `write` asks once more; told at the rows that take the charge away."""
        written = [draft for draft in self.drafts if draft.outcome in (Outcome.NEW, Outcome.CHANGED)]
        if not written or any(draft.outcome == Outcome.WRONG for draft in self.drafts):
            return
        active = {username: user.is_active for username, user in self.users.items()}
        active |= {draft.target("username"): bool(draft.target("is_active", True)) for draft in written}
        charges = {row.pk: (row.user.username, row.role, row.valid_from, row.valid_to) for row in self.by_id.values()}
        for draft in written:
            key = draft.state.get("id") or -draft.line
            charges[key] = tuple(draft.target(name) for name in ("username", "role", "valid_from", "valid_to"))
        if any(active.get(name) and self._is_administrator(*charge) for name, *charge in charges.values()):
            return
        names = {row.user.username for row in self.by_id.values() if row.role == Role.ADMIN}
        for draft in [draft for draft in written if draft.target("username") in names] or written[-1:]:
            labels = {change.column for change in draft.changes}
            column = next((name for name in ("is_active", "valid_to") if self.fields[name].label in labels), "")
            shown = self.fields[column].show(draft.target(column)) if column else ""
            draft.faults.append(Fault(self.fields[column].label if column else "", shown, str(LastAdministrator())))

    def _is_administrator(self, role: str, first: date | None, end: date | None) -> bool:
        return role == Role.ADMIN and (first is None or first <= self.today) and (end is None or end > self.today)

    def _write_charge(self, draft: Draft, charges: list[Assignment], corrected: list[Assignment]) -> None:
        standing = draft.standing.assignment if draft.standing else None
        row = standing or Assignment(user=self.users[draft.target("username")])
        before = [getattr(row, f"{name}_id", getattr(row, name, None)) for name in CHARGE] if standing else None
        for name in CHARGE:
            setattr(row, name, draft.target(name))
        if standing is None:
            charges.append(row)
        elif before != [getattr(row, f"{name}_id", getattr(row, name, None)) for name in CHARGE]:
            corrected.append(row)


def _correct_person(draft: Draft, touched: dict[int, User]) -> None:
    user: User = draft.standing.user
    values = {name: draft.target(name) for name in PERSON}
    if values != {name: getattr(user, name) for name in PERSON}:
        for name, value in values.items():
            setattr(user, name, value)
        touched[user.pk] = user
