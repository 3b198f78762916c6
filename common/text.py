"""文字の同一視: folding for search and for codes. What is stored is never changed; only keys are folded."""

import re
import unicodedata

import jaconv

# Every line that a clerk, an IME or an old system puts where a hyphen or a prolonged sound mark stands. NFKC leaves
# most of them alone. 一 (the figure one) looks like one and is none.
DASHES = "-‐‑‒–—―−⁃⁻₋─━﹘﹣－ーｰ"
TILDES = "~〜～∼∽˜〰"
_DASH_TABLE = str.maketrans(dict.fromkeys(DASHES, "-"))
_TILDE_TABLE = str.maketrans(dict.fromkeys(TILDES, "~"))

# The usual form first, then its variants in names and old print (domain: characters).
_VARIANT_SETS = """
崎﨑嵜碕 高髙 吉𠮷 斉齊齐斎齋 辺邊邉 浜濱濵 沢澤 広廣 桜櫻 国國 島嶋嶌 瀬瀨 徳德 恵惠 真眞 滝瀧 富冨 峰峯 柳栁桺 桑桒
館舘 橋槗𣘺 土圡𡈽 来來 竜龍 万萬 与與 誉譽 楽樂 豊豐 満滿 宝寶寳 弥彌 稲稻 伝傳 団團 当當 灯燈 独獨 学學斈 関關 亀龜
旧舊 峡峽 暁曉 芸藝 顕顯 県縣 恒恆 黒黑 児兒 実實 寿壽 収收 従從 渋澁 浄淨 慎愼 清淸 静靜 総總 蔵藏 増增 台臺 択擇 昼晝
鋳鑄 庁廳 党黨 拝拜 売賣 発發 緑綠 塁壘 礼禮 霊靈 錬鍊 炉爐 楼樓 禄祿 野埜 桧檜 鴎鷗 淵渕渊 渓溪 松柗枩 昇曻 涼凉 宜冝
京亰 亜亞 円圓 奥奧 応應 栄榮 岳嶽 塩鹽 浅淺 縄繩 条條 荘莊 装裝 将將 巌巖 穂穗 図圖 号號 区區 会會 鉄鐵 薮藪 曽曾 薗園
翠翆 梅楳 祢禰 蛍螢 覚覺 勲勳 薫薰 経經 継繼 戸戶 産產 証證 戦戰 壮壯 巣巢 帯帶 対對 沖冲 ケヶ カヵ
""".split()  # noqa: SIM905 (as a list it would be a page long)
_VARIANTS = str.maketrans({variant: group[0] for group in _VARIANT_SETS for variant in group[1:]})
# All foldings of single characters in one pass: a pass over a long text costs more than its normalisation.
_FOLDED = str.maketrans(
    {
        character: jaconv.hira2kata(character).translate(_VARIANTS).translate(_DASH_TABLE).translate(_TILDE_TABLE)
        for character in {
            *map(chr, range(0x3041, 0x30A0)),  # hiragana
            *map(chr, _VARIANTS | _DASH_TABLE | _TILDE_TABLE),
        }
    }
)
# Variation selectors choose a glyph (辻󠄀), never another character.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

# What no text of a register holds: everything that moves a printer, but for tabs and line breaks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def control_fault(text: str) -> str:
    """使えない文字: what is wrong with a text that holds control characters; empty for every other.

    The one rule for forms, rows and files: they look like nothing, break XML, and are always an accident.
    """
    found = sorted(set(_CONTROL.findall(text)))
    if not found:
        return ""
    return f"使えない文字（制御文字 {'、'.join(f'U+{ord(one):04X}' for one in found[:3])}）がふくまれています。"


def fold_dashes(text: str) -> str:
    """Every kind of dash, minus sign and prolonged sound mark as the one hyphen of codes and dates."""
    return text.translate(_DASH_TABLE)


def fold_tildes(text: str) -> str:
    """Every kind of wave as the one tilde."""
    return text.translate(_TILDE_TABLE)


def search_key(text: str) -> str:
    """検索キー: texts that a person takes for the same have the same key; folding a key changes nothing.

    NFKC and casefold (０１０２ = 0102, ㈱ = (株), half-width kana), hiragana to katakana, variants of kanji to the
    usual form (柴﨑 = 柴崎, 髙 = 高, 𠮷 = 吉), no variation selectors, one dash, one tilde, one blank.
    Small kana stay distinct from large ones. Only for comparing: never shown, never printed.
    """
    key = _SELECTORS.sub("", text)
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", key).casefold())
    return " ".join(unicodedata.normalize("NFKC", key.translate(_FOLDED)).split())


def company_key(text: str) -> str:
    """相手方の同一視: names of companies as they are compared (㈱ＮＴＴデータ = 株式会社 NTTデータ)."""
    return name_key(text).replace("株式会社", "(株)").replace("有限会社", "(有)")


def name_key(text: str) -> str:
    """名称の同一視: names of departments as they are compared, without blanks (区民部 収納課 = 区民部収納課)."""
    return search_key(text).replace(" ", "")
