"""The six 記録票 of January 2022 as plain values, and the layouts that they print in."""

from file_register import sheets as file_entry
from printing import layouts, sheets
from records.sheets import linkage, out_of_purpose
from registry import sheets as activity

COLLECTION = {
    "activity_number": "",
    "department": "区民部　収納課",
    "activity_name": "特別区民税・都民税に関する業務",
    "purpose": "滞納者の金融機関への預金調査をオンラインで照会することにより、滞納整理業務の効率化を図る。\n"
    "また、紙や郵送代の経費削減および回答書の入力などの業務量を削減する。",
    "linked_on": "令和4年6月",
    "council_date": "令和 年 月 日",
    "consultation_number": "",
    "changed_on": "年 月",
    "change_council_date": "年 月 日",
    "change_consultation_number": "",
    "partner": "株式会社NTTデータ\n東京都江東区豊洲3-3-3　豊洲センタービル",
    "provided_items": "氏名、フリガナ、住所、生年月日、性別",
    "received_items": "氏名、フリガナ、住所、生年月日、性別\n口座の有無、取引明細（口座有の場合）",
    "responsible": "区民部収納課長",
}
CHILDREN = (
    "園児氏名、園児氏名ふりがな、園児性別、園児血液型、園児生年月日、保護者氏名、保護者連絡先、郵便番号、住所、電話番号、"
    "クラス、入園年月日、卒・退園年月日、アレルギー情報、予防接種履歴、平熱、保育区分（認定区分）、在園中のきょうだい名、"
    "登降園時刻、欠席・遅刻とそれらの理由、お迎え時刻、活動記録、午睡記録、検温・排泄記録、食事記録、身体記録（身長、体重、"
    "胸囲、頭囲、カウプ指数）、発達状況、指導計画、日誌（連絡帳記載内容）、備考"
)
NURSERY = {
    "activity_number": "",
    "department": "こども家庭部　保育計画調整課",
    "activity_name": "認可保育所、地域型保育事業等に関する業務",
    "purpose": "区立（直営）保育園における保育業務支援システムの導入に伴い、園児の情報等を民間の"
    "データセンター上で管理するため、電算結合を行う。",
    "linked_on": "令和4年4月1日",
    "council_date": "年 月 日",
    "consultation_number": "",
    "changed_on": "年 月 日",
    "change_council_date": "年 月 日",
    "change_consultation_number": "",
    "partner": "日本ソフト開発株式会社\n滋賀県米原市米原西23番地",
    "provided_items": CHILDREN,
    "received_items": CHILDREN,
    "responsible": "保育計画調整課長",
}
SCHOOL = {
    "using_number": "1309-14",
    "using_department": "教育振興部　学校教育支援センター",
    "using_activity_name": "児童生徒指導上の課題対応に関する業務",
    "purpose": "不登校に関する実態調査を実施するにあたり、対象者を特定するため",
    "providing_number": "1303-02",
    "providing_department": "教育振興部　区立中学校",
    "providing_activity_name": "指導に関する業務",
    "period_from": "令和3年11月30日",
    "period_to": "令和4年3月31日",
    "continues_from": "",
    "kinds": ["family_register"],
    "grounds": ["preapproved"],
    "criterion_article": 4,
    "criterion_type": 1,
    "forms": [],
    "responsible": "学校教育支援センター所長",
}
MATERNAL_HEALTH = {
    "using_number": "0701-01",
    "using_department": "健康部　健康推進課",
    "using_activity_name": "母子保健に関する業務",
    "purpose": "保健予防課の地域保健の統計・調査に関する業務に係る個人情報（死産届の内容）を健康推進課で実施する"
    "母子保健に関する業務（保健情報システム・妊婦情報）へ妊娠終了の入力を行うことにより情報共有し、適切な支援を行うため",
    "providing_number": "0703-15",
    "providing_department": "健康部　保健予防課",
    "providing_activity_name": "地域保健の統計・調査に関する業務",
    "period_from": "年 月 日",
    "period_to": "年 月 日",
    "continues_from": "令和3年 4月 1日",
    "kinds": ["family_register"],
    "grounds": ["preapproved"],
    "criterion_article": 4,
    "criterion_type": 2,
    "forms": [],
    "responsible": "健康推進課長",
}
PAPERS = {  # name of the text in tests/sources: (code of the sheet, values)
    "linkage-resident-tax": (linkage.CODE, COLLECTION),
    "linkage-light-vehicle-tax": (linkage.CODE, COLLECTION | {"activity_name": "軽自動車税に関する業務"}),
    "linkage-health-insurance": (linkage.CODE, COLLECTION | {"activity_name": "国民健康保険に関する業務"}),
    "linkage-nursery": (linkage.CODE, NURSERY),
    "out-of-purpose-school": (out_of_purpose.CODE, SCHOOL),
    "out-of-purpose-maternal-health": (out_of_purpose.CODE, MATERNAL_HEALTH),
}
MODULES = {
    linkage.CODE: linkage,
    out_of_purpose.CODE: out_of_purpose,
    activity.CODE: activity,
    file_entry.CODE: file_entry,
}
LAYOUTS = {seed["code"]: seed for seed in layouts.read_seeds() if seed["code"] in MODULES}


def no_rows():
    """A sheet made for a plain mapping has no rows of its own."""
    raise AssertionError("a sheet from a plain mapping reads no database")


def sheet_of(code):
    """The sheet of `code`, printed from plain mappings only."""
    module = MODULES[code]
    return sheets.Sheet(
        code=code,
        title=LAYOUTS[code]["title"],
        template=module.TEMPLATE,
        queryset=no_rows,
        values=dict,
        context=module.context,
        form_date=lambda row: None,
        label=lambda row: LAYOUTS[code]["title"],
    )


def fragment(code, values, baseline=None, **layout):
    """The sheet of `code` as HTML in its seed layout, with changes to the layout as keywords."""
    return sheets.render_fragment(sheet_of(code), values, LAYOUTS[code] | layout, baseline)
