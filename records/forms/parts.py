"""記録票の入力らんの部分: what several kinds of records ask alike."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery

from common.wareki import format_date
from records.forms.records import area
from records.kinds import is_judged_by_act, kind_of
from records.models import Criterion, Ground, Outsourcing, OutsourcingVersion, UseForm
from records.regimes import CRITERIA_CLOSED
from registry.kinds import ItemKind

BOTH_PERIODS = "期間と「以降継続」は一方だけ記入してください。"
PERIOD_NOTES = {
    "period_from": "「以降継続」でないとき",
    "period_to": "「以降継続」でないとき",
    "continues_from": "期間を定めないとき",
}
PERIOD_HELP = {
    "period_to": "この日までふくみます。",
    "continues_from": "終わりを定めないときは、こちらだけを書きます。",
}
PARTNER_HELP = {
    "partner_name": "台帳にある名称を書くと結びつきます。決まっていないときは「未定（…により決定する。）」と書きます。",
    "volume": "例：約20,000件、900〜1,100人",
    "continuing_clause": "つぎの年度からも続くとき。例：次年度以降も、同様に行う。",
    "onward_partners": "相手方の先にさらに渡るとき",
    "ground_documents": "発出元、文書番号、日付などを、届いた文書のとおりに書きます。",
}
PARTNER_BOXES = {"partner_name": "partner", "partner_address": "partner", "onward_partners": "partner"}


class GroupedBoxes(forms.CheckboxSelectMultiple):
    """Tick boxes in groups, numbered through, so that a link to the first one leads somewhere."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        """Django's groups with the ids of a list without groups."""
        groups = super().optgroups(name, value, attrs)
        options = [option for _, group, _ in groups for option in group]
        for number, option in enumerate(options):
            if "id" in option["attrs"]:
                option["attrs"]["id"] = f"{(attrs or {}).get('id', f'id_{name}')}_{number}"
        return groups


class OutsourcingField(forms.ModelChoiceField):
    """外部委託から選ぶらん: those that have been in force, by their subject."""

    def __init__(self, **kwargs: Any) -> None:
        versions = OutsourcingVersion.objects.filter(outsourcing=OuterRef("pk"), valid_from__isnull=False)
        newest = versions.order_by("-valid_from", "-pk")
        words = {name: Subquery(newest.values(name)[:1]) for name in ("subject", "department_name", "activity_number")}
        rows = Outsourcing.objects.annotate(**words).filter(subject__isnull=False).order_by("subject", "pk")
        super().__init__(rows, empty_label="経由しない", required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Subject, department and number of the business."""
        return "　".join(filter(None, (obj.subject, obj.department_name, obj.activity_number)))


class CriterionField(forms.ModelChoiceField):
    """類型を選ぶらん: the rows of the criteria."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Criterion.objects.all(), empty_label="選んでください", required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """「類型1　あらかじめ収集された情報により…」."""
        until = f"（{format_date(obj.valid_to)}より前）" if obj.valid_to else ""
        return f"類型{obj.number}{until}　{obj.wording[:60]}"


class PeriodForm(forms.ModelForm):
    """期間: two lines of which one is written."""

    def clean(self) -> dict[str, Any]:
        """期間 and 以降継続 exclude each other, also on a draft (the school's sheet of 2022 had both)."""
        cleaned = super().clean()
        filled = [name for name in ("period_from", "period_to") if name in cleaned and not cleaned[name].is_blank]
        continues = cleaned.get("continues_from")
        if filled and continues is not None and not continues.is_blank:
            self.add_error(filled[0], BOTH_PERIODS)
            self.add_error("continues_from", BOTH_PERIODS)
        return cleaned


class GroundsForm(forms.ModelForm):
    """種別・根拠・形態: the boxes of both regimes, those that hold for this record first."""

    asked_as = {"criterion_type": "criterion"}

    kinds = forms.MultipleChoiceField(
        label="管理個人情報の記録の種別", choices=ItemKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    grounds = forms.MultipleChoiceField(label="根拠", widget=GroupedBoxes, required=False)
    use_forms = forms.MultipleChoiceField(
        label="形態", choices=UseForm.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    criterion = CriterionField(label="類型")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = kind_of(self.instance)
        groups = [
            (f"{format_date(CRITERIA_CLOSED)}からの根拠（法第69条）", _choices(kind.act_grounds)),
            (f"{format_date(CRITERIA_CLOSED)}より前の根拠（旧条例）", _choices(Ground)),
        ]
        self.fields["grounds"].choices = groups if is_judged_by_act(self.instance) else groups[::-1]
        self.fields["criterion"].queryset = Criterion.objects.filter(scope=kind.criterion_scope)

    def values(self) -> dict[str, Any]:
        """The service's `values`: the figures of the 類型 chosen, as the sheet prints them."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields if name != "criterion"}
        return values | _figures(self.cleaned_data["criterion"])

    def complete(self, draft: Any) -> None:
        """The figures of the 類型 chosen, for the preview."""
        for name, figure in _figures(self.cleaned_data.get("criterion")).items():
            setattr(draft, name, figure)


def _choices(grounds: Iterable[Any]) -> list[tuple[str, str]]:
    return [(ground.value, str(ground.label)) for ground in grounds]


def _figures(criterion: Criterion | None) -> dict[str, int | None]:
    if criterion is None:
        return {"criterion_article": None, "criterion_type": None}
    return {"criterion_article": criterion.article, "criterion_type": criterion.number}


GROUND_NOTES = {
    "applied_on": "事前一括承認基準のとき",
    "criterion": "事前一括承認基準のとき",
    "ground_law": "法令等のとき",
    "ground_reason": "法第69条第2項第2号から第4号までのとき",
}
GROUND_HELP = {
    "applied_on": "この日から効力をもちます。審議会には後で報告します。",
    "ground_reason": "なぜ相当の理由、特別の理由があるといえるのかを書きます。",
}
GROUND_WIDGETS = {"ground_reason": area(3)}
GROUND_BOXES = {"use_forms": "forms", "use_forms_other": "forms_other", "applied_on": "", "criterion": "criterion_type"}


def with_criterion(names: Iterable[str]) -> list[str]:
    """The fields of a form: the 類型 is chosen as one row, not typed as two figures."""
    return ["criterion" if name == "criterion_type" else name for name in names if name != "criterion_article"]
