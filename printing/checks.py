"""起動時の検査: what a machine must have to print (printing.md §1 and §4)."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from weasyprint.text import ffi

from printing import glyphs

TAG = "printing"


@register(TAG)
def subsetting_library_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without libharfbuzz-subset a form takes up to 57 times as long, and only a log line would tell."""
    if ffi.harfbuzz_subset:
        return []
    hint = "管理者の権限で apt-get install libharfbuzz-subset0 を実行してください。"
    return [Error("様式の印刷に必要な libharfbuzz-subset0 が入っていません。", hint=hint, id="printing.E001")]


@register(TAG)
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without the forms' own fonts another one would be used silently."""
    hint = (
        "管理者の権限で apt-get install fontconfig fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic "
        "fonts-noto-cjk fonts-dejavu-core を実行してください。"
    )
    problems: list[CheckMessage] = []
    for number, family in enumerate((*glyphs.FAMILIES, *glyphs.OTHER_FAMILIES), start=2):
        try:
            glyphs.find_font(family)
        except (glyphs.FontNotInstalled, OSError) as error:
            message = f"様式の印刷に必要な字体がありません: {error}"
            problems.append(Error(message, hint=hint, id=f"printing.E{number:03}"))
    return problems
