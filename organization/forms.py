"""ログイン、組織改正、異動、代理の入力らん."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import forms as auth
from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse_lazy

from common.formfields import RowsChosenField, WholeDateField
from common.forms import WardForm, WardFormMixin
from organization.models import Assignment, Department, DepartmentKind, Role, User
from organization.reorganizing import NewDepartment


class LoginForm(WardFormMixin, auth.AuthenticationForm):
    """ログイン."""


class PasswordForm(WardFormMixin, auth.PasswordChangeForm):
    """パスワードの変更."""


ECHO = {"data-date-echo": reverse_lazy("date_echo"), "class": "w-date"}
NEW_PLACES = (1, 2, 3)


def _day(label: str, help_text: str) -> WholeDateField:
    return WholeDateField(label=label, widget=forms.TextInput(attrs=ECHO), help_text=help_text)


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 2, "class": "in-t"}), help_text=help_text)


class ReorganizeForm(WardForm):
    """組織改正: the departments before, those after, the day and the reason."""

    before = RowsChosenField(
        label="改正前の組織",
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "boxes-v pick"}),
    )
    existing = forms.ModelChoiceField(
        label="すでにある組織が引き継ぐ",
        queryset=Department.objects.none(),
        required=False,
        empty_label="（ない）",
    )
    abolished = forms.BooleanField(label="引き継ぐ組織はない（廃止）", required=False)
    on = _day("改正の日", "例：R4.4.1。改正前の組織は、前の日まで存在します。")
    reason = _reason("例：組織規則の改正による")

    optional_notes = {
        "existing": "統合先がすでにあるとき",
        **{f"head_title_{place}": "空欄のときは「…長」" for place in NEW_PLACES},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alive = Department.objects.filter(valid_to__isnull=True).select_related("parent")
        units = alive.order_by("parent__name", "name", "pk")
        self.fields["existing"].queryset = units
        # The list scrolls: what is ticked already stands first.
        ticked = [int(pk) for pk in map(str, self["before"].value() or []) if pk.isdecimal()]
        is_ticked = Case(When(pk__in=ticked, then=0), default=1)
        self.fields["before"].queryset = alive.order_by(is_ticked, "parent__name", "name", "pk")
        parents = alive.exclude(kind=DepartmentKind.SECTION).order_by("kind", "name", "pk")
        for place in NEW_PLACES:
            self.fields[f"name_{place}"] = forms.CharField(label="名称", max_length=80, required=False)
            self.fields[f"parent_{place}"] = forms.ModelChoiceField(
                label="上位の組織", queryset=parents, required=False, empty_label="改正前の組織と同じ"
            )
            self.fields[f"head_title_{place}"] = forms.CharField(label="責任者の職名", max_length=80, required=False)

    def new_places(self) -> list[tuple[int, list[Any]]]:
        """The boxes of each new department, for the template."""
        names = ("name", "parent", "head_title")
        return [(place, [self[f"{name}_{place}"] for name in names]) for place in NEW_PLACES]

    def clean(self) -> dict[str, Any]:
        """Either somebody takes over, or the box of the abolition is ticked."""
        data = super().clean()
        named = any(data.get(f"name_{place}") for place in NEW_PLACES) or data.get("existing")
        if named and data.get("abolished"):
            self.add_error("abolished", "引き継ぐ組織を書いたときは、廃止の印をはずしてください。")
        if not named and not data.get("abolished"):
            self.add_error("name_1", "改正後の組織の名称を入力するか、すでにある組織または廃止を選んでください。")
        return data

    def place_of(self, name: str) -> str | None:
        """The box in which a new name was typed, the last of several; None for a name that nobody typed."""
        return next((f"name_{at}" for at in reversed(NEW_PLACES) if self.cleaned_data.get(f"name_{at}") == name), None)

    def after(self) -> list[Department | NewDepartment]:
        """The departments after, the existing one first; what is not typed is as before."""
        data, first = self.cleaned_data, self.cleaned_data["before"][0]
        found: list[Department | NewDepartment] = [data["existing"]] if data["existing"] else []
        for place in NEW_PLACES:
            if name := data[f"name_{place}"]:
                head = data[f"head_title_{place}"] or (first.head_title and f"{name}長")
                parent = data[f"parent_{place}"] or first.parent
                found.append(NewDepartment(name, parent, head, first.is_medical, first.is_assembly))
        return found


class _StaffForm(WardForm):
    """People who are active, by name."""

    def _people(self) -> QuerySet[User]:
        return User.objects.filter(is_active=True).order_by("name", "pk")


class HandOverForm(_StaffForm):
    """異動: who moves on which day, who follows, and the new charge."""

    user = forms.ModelChoiceField(label="異動する人", queryset=User.objects.none(), empty_label="選んでください")
    on = _day("異動の日", "例：R4.4.1。いまの担当は、前の日までです。")
    successor = forms.ModelChoiceField(
        label="後任", queryset=User.objects.none(), required=False, empty_label="まだ決まっていない"
    )
    new_department = forms.ModelChoiceField(
        label="異動先の組織", queryset=Department.objects.none(), required=False, empty_label="（書かない）"
    )
    new_role = forms.ChoiceField(
        label="異動先の役割",
        choices=[("", "（書かない）"), *[choice for choice in Role.choices if choice[0] != Role.SYSTEM]],
        required=False,
    )
    reason = _reason("例：令和4年4月1日付けの人事異動")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = self.fields["successor"].queryset = self._people()
        places = Department.objects.sections().filter(valid_to__isnull=True).select_related("parent")
        self.fields["new_department"].queryset = places.order_by("parent__name", "name", "pk")

    def clean(self) -> dict[str, Any]:
        """Nobody follows themselves; a new charge is a department with a role."""
        data = super().clean()
        if data.get("successor") and data.get("successor") == data.get("user"):
            self.add_error("successor", "異動する人のほかの人を選んでください。")
        if bool(data.get("new_department")) != bool(data.get("new_role")):
            self.add_error("new_role", "異動先は、組織と役割の両方を選んでください。")
        return data

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        role = self.cleaned_data["new_role"]
        return {**self.cleaned_data, "new_role": Role(role) if role else None}


class StandInForm(_StaffForm):
    """代理: which head is absent, who acts, from when to when."""

    charge = forms.ModelChoiceField(
        label="不在の課長", queryset=Assignment.objects.none(), empty_label="選んでください"
    )
    deputy = forms.ModelChoiceField(label="代理する人", queryset=User.objects.none(), empty_label="選んでください")
    valid_from = _day("代理の初日", "例：R4.8.1")
    last_day = _day("代理の最後の日", "この日までふくみます。")
    reason = _reason("例：出張のため")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = Assignment.objects.filter(role=Role.HEAD, stands_in_for__isnull=True)
        running = heads.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        self.fields["charge"].queryset = running.select_related("user", "department__parent", "stands_in_for")
        self.fields["deputy"].queryset = self._people()

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean()
        first, last = data.get("valid_from"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "最後の日は、初日より前にはできません。")
        return data

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        return dict(self.cleaned_data)
