"""A small site of the shell's real templates: every component on one page, a list, an editor, the error pages."""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django_htmx.http import HttpResponseClientRedirect

from common.forms import WardForm

CHOICES = [("family_register", "戸籍等事項"), ("economy", "経済状況"), ("living", "生活状況")]


class RecordForm(WardForm):
    """The kinds of fields that a 記録票 asks for."""

    number = forms.CharField(label="業務登録番号", required=False, max_length=7)
    purpose = forms.CharField(
        label="電算結合の目的",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text='資料の「1 概要」と同じ言葉で書く。　<a href="#main">条例第17条</a>',
    )
    linked_on = forms.CharField(
        label="結合年月日", help_text="R4.6、令和4年6月1日、2022/6 のどれでもよい。", max_length=20
    )
    changed_on = forms.CharField(label="結合変更年月日", required=False)
    department = forms.ChoiceField(label="所管課", choices=[("", "選んでください"), ("45", "収納課"), ("31", "税務課")])
    kinds = forms.MultipleChoiceField(label="記録の種別", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    route = forms.ChoiceField(
        label="取扱い",
        choices=[("consult", "諮問する"), ("report", "報告する")],
        widget=forms.RadioSelect(attrs={"class": "boxes-v"}),
        help_text="一括承認基準にあたるものは、報告だけでよい。",
    )
    paper = forms.FileField(label="添付資料", required=False)
    same = forms.BooleanField(label="3枚とも同じ内容にする", required=False)

    needed = frozenset({"number"})
    optional_notes = {"changed_on": "変更のときだけ"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["linked_on"].widget.attrs.update({"data-date-echo": "/echo/"})
        self.fields["department"].widget.attrs["data-box"] = "organ"  # the sheet's box has another name


@dataclass
class Seen:
    """What the server was sent since the test began, and how it is told to answer."""

    sent: list[dict[str, str]] = field(default_factory=list)
    saved: list[dict[str, str]] = field(default_factory=list)
    echoes: list[str] = field(default_factory=list)
    session_over: bool = False
    seconds_to_answer: float = 0


SEEN = Seen()


def _line(label: str, short: str, icon: str, url: str, here: str, count: int | None = None) -> SimpleNamespace:
    """One line of the navigation; a count of at most 9 stands for work to do."""
    todo = count is not None and count < 10
    return SimpleNamespace(label=label, short=short, icon=icon, url=url, count=count, todo=todo, current=url == here)


def shell(request: HttpRequest) -> dict:
    """Context processor in the place of organization's: the same shape, without a database."""
    here = request.path
    if here == "/login/":
        return {}
    work = [
        _line("はじめの画面", "はじめ", "home", "/", here),
        _line("案件", "案件", "doc", "/editor/", here, count=7),
    ]
    registers = [
        _line("業務登録", "業務", "docs", "/list/", here, count=496),
        _line("電算結合", "結合", "link", "/list/?kind=linkage", here, count=75),
    ]
    who = SimpleNamespace(name="収納 太郎", department="区民部 収納課", role="所管課 担当")
    nav = [SimpleNamespace(title="仕事", items=work), SimpleNamespace(title="台帳", items=registers)]
    return {"shell": SimpleNamespace(today=date(2022, 1, 12), who=who, nav=nav)}


def components(request: HttpRequest) -> HttpResponse:
    """Everything that a page is made of; the form is bound with mistakes."""
    messages.success(request, "受理しました。収納課へ知らせました。")
    messages.warning(request, "結合年月日が審議会の日より前です。")
    form = RecordForm({"number": "0701-0123", "route": "other"})
    form.add_error("linked_on", "令和4年2月30日という日はありません。")
    form.add_error(None, "この業務には手続中の変更があります。")
    return render(request, "ui_site/components.html", {"form": form, "entries": ENTRIES})


def register_list(request: HttpRequest) -> HttpResponse:
    """A list with a search box, a 基準日 and filters."""
    view = {
        "title": "業務登録",
        "count": "496件のうち 62件",
        "search": {"name": "q", "label": "業務登録を探す", "value": request.GET.get("q", "")},
        "as_of": {"text": "R4.1.12", "understood": "令和4年1月12日（水）", "error": "", "echo_url": "/echo/"},
        "filters": [
            {"label": "部：区民部", "url": "?dept=", "pressed": True},
            {"label": "電算結合あり", "url": "?linked=1", "pressed": False},
        ],
        "clear_url": "/list/",
        "keep": [("dept", "区民部")],
        "caption": "業務登録、業務登録番号の順、基準日 令和4年1月12日",
        "has_rows": "empty" not in request.GET,
        "empty": {
            "title": "この条件にあう業務はありません",
            "why": "基準日より後の登録です。",
            "url": "/list/",
            "action": "条件を消す",
        },
        "pager": {"words": "1〜50件目（しぼりこみ後 62件）", "previous": "", "next": "?after=0545-04"},
    }
    return render(request, "ui_site/list.html", {"list": view})


def editor(request: HttpRequest) -> HttpResponse:
    """An editor with its sheet; a POST is kept and leads to the list."""
    if request.method == "POST":
        SEEN.sent.append(request.POST.dict())
        time.sleep(SEEN.seconds_to_answer)
        return redirect("/list/")
    initial = {"number": "", "purpose": "滞納整理業務の効率化を図る。", "linked_on": "R4.6"}
    if "mistakes" in request.GET:
        return render(request, "ui_site/editor.html", {"form": RecordForm({}, prefix="r1"), "saved_at": None})
    context = {"form": RecordForm(initial=initial, prefix="r1"), "saved_at": None, "purpose": initial["purpose"]}
    return render(request, "ui_site/editor.html", context)


def autosave(request: HttpRequest) -> HttpResponse:
    """Keeps the draft and answers with the sheet; a session that is over answers as the real site does."""
    if SEEN.session_over:
        return redirect("/login/?next=/autosave/")
    SEEN.saved.append(request.POST.dict())
    return render(request, "ui_site/_sheet.html", {"purpose": request.POST.get("r1-purpose", "")})


def echo(request: HttpRequest) -> HttpResponse:
    """What was understood of a date; two known texts are enough here, reading dates is tested elsewhere."""
    text = request.GET["text"]
    SEEN.echoes.append(text)
    known = {"R4.6": ("令和4年6月", "月まで"), "R4.1.12": ("令和4年1月12日（水）", "")}
    understood, precision = known.get(text, ("", ""))
    context = {"understood": understood, "precision": precision, "error": "" if understood else "2月30日はありません。"}
    return render(request, "ui/_date_echo.html", context)


class ReasonForm(WardForm):
    """A decision that sends back asks for its reason."""

    reason = forms.CharField(label="理由", widget=forms.Textarea)


def send_back(request: HttpRequest) -> HttpResponse:
    """A fragment's form: 422 with what is wrong, else on to the list, for htmx and without."""
    form = ReasonForm()
    if request.method == "POST":
        form = ReasonForm(request.POST)
        time.sleep(SEEN.seconds_to_answer)
        if form.is_valid():
            SEEN.sent.append(form.cleaned_data)
            return HttpResponseClientRedirect("/list/") if request.htmx else redirect("/list/")
    template = "ui_site/_reason.html" if request.htmx else "ui_site/reason.html"
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def password(request: HttpRequest) -> HttpResponse:
    """The change of password, wrong in every field."""
    return render(request, "registration/password_change_form.html", {"form": PasswordChangeForm(None, data={})})


def error_page(request: HttpRequest, code: str) -> HttpResponse:
    """One of the error pages, as a page to look at."""
    return render(request, f"{code}.html", {"message": "この案件は、課長だけが承認できます。"} if code == "403" else {})


ENTRIES = [
    {
        "when": datetime(2021, 12, 14, 2, 3, tzinfo=UTC),
        "actor_name": "審査 花子",
        "actor_department": "総務部 情報公開課",
        "actor_role": "情報公開課",
        "action_label": "期間の行を訂正",
        "subject": "目的外利用記録票　1309-14",
        "reason": "期間は「まで」か「以降継続」のどちらか一つ。提出課に電話で確認",
        "changes": [
            {"label": "以降継続", "before": "平成12年4月　日以降継続", "after": ""},
            {"label": "記録の種別", "before": "戸籍等事項、生活状況", "after": "戸籍等事項"},
        ],
    },
    {
        "when": datetime(2021, 11, 22, 1, 12, tzinfo=UTC),
        "actor_name": "指導 次郎",
        "actor_department": "教育振興部 学校教育支援センター",
        "actor_role": "所管課 担当",
        "action_label": "作成",
        "reason": "作成",
        "changes": [],
    },
]

urlpatterns = [
    path("", components, name="home"),
    path("list/", register_list, name="list"),
    path("editor/", editor, name="editor"),
    path("autosave/", autosave, name="autosave"),
    path("echo/", echo, name="echo"),
    path("reason/", send_back, name="reason"),
    path("password/", password, name="password_change"),
    path("error/<str:code>/", error_page, name="error"),
    path("login/", auth.LoginView.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
]
