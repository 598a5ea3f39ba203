"""Numbers and dates of Japanese texts: full-width and kanji figures, 万 億 兆, eras, 割, fractions, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from .quantities import Category, Quantity, in_order

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Era: the year before its first."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "両": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
_FIGURES = r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．・][0-9０-９]+)?"
_KANJI = "〇一二三四五六七八九"
_NUMBER = rf"(?:{_FIGURES}|[{_KANJI}])(?:[{_KANJI}十百千万億兆]|{_FIGURES})*|[十百千](?:[{_KANJI}十百千万億兆])*"
_ERA_YEAR = re.compile(rf"(?P<era>{'|'.join(ERAS)})(?P<number>{_NUMBER}|元)年(?P<fiscal>度)?")
_FRACTION = re.compile(rf"(?P<below>{_NUMBER})分の(?P<above>{_NUMBER})")
_PLAIN = re.compile(rf"(?P<number>{_NUMBER})(?P<half>半)?")
_COUNTER = re.compile(
    r"\s*(?:(?P<percent>%|％|パーセント|ポイント)|(?P<tenths>割)(?P<hundredths>[0-9０-９一二三四五六七八九]分)?"
    r"|(?P<money>円|(?:米)?ドル|ユーロ|元|ウォン|ポンド|ルーブル|ルピー)|(?P<year>年(?!間|生|前|後|以上|ぶり|連続|目|程))"
    r"|(?P<month>月)|(?P<day>日(?!間|連続|後|前))|(?P<time>時(?!間)|分(?!の))"
    r"|(?P<measure>キロ|km|ｋｍ|メートル|センチ|ミリ|グラム|トン|リットル|ヘクタール|平方|立方|度)"
    r"|(?P<imperial>マイル|フィート|フット|インチ|ヤード|エーカー|オンス|ガロン|ノット)"
    r"|(?P<ordinal>位|番|世紀|回目|人目|日目|年目|代目|度目|次)"
    r"|(?P<counted>つ|人|名|件|本|個|回|台|歳|カ|か|ヵ|ヶ|ケ|箇|社|校|店|隻|機|頭|匹|羽|点|票|席|階|倍|週|分|秒|世帯|戸|棟"
    r"|年|日|時|区|州|部|代|試合|チーム|得点|ゴール|発|枚|冊|杯|便|両|組|種|例|万|億|兆))"
)
_NOT_BEFORE = re.compile(r"[数何幾]$")
_IN_WORDS = re.compile(rf"[{_KANJI}十百千]+$")
_UNITS = {
    "円": "yen",
    "ドル": "dollar",
    "米ドル": "dollar",
    "ユーロ": "euro",
    "元": "yuan",
    "ウォン": "won",
    "ポンド": "pound",
    "ルーブル": "rouble",
    "ルピー": "rupee",
}
_NO_NUMBERS = ("十分", "一部", "一番", "一時", "一日", "一人", "二人", "一方", "一種", "一回", "一本", "一件", "一度")
_GROUPS = ("percent", "money", "year", "month", "day", "time", "measure", "ordinal")


def value_of(number: str) -> float:
    """The value of figures and kanji: 1兆2,000億 → 1.2e12, 二〇二〇 → 2020, 三十五 → 35, ２・７ → 2.7.

    Raises ValueError for a string that is no number.
    """
    text = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in number)
    text = re.sub(r"[,，]", "", text).replace("．", ".").replace("・", ".")
    total = section = 0.0
    current: float | None = None
    for part in re.findall(r"\d+(?:\.\d+)?|[〇零○一二三四五六七八九]+|[十百千]|[万億兆京]", text):
        if part in _SMALL:
            section += (1.0 if current is None else current) * _SMALL[part]
            current = None
        elif part in _LARGE:
            section += current or 0.0
            total += (section or 1.0) * _LARGE[part]
            section, current = 0.0, None
        elif part[0].isdigit() and part[0].isascii():
            current = float(part)
        else:
            current = float("".join(str(_DIGITS[c]) for c in part))
    if not re.search(r"[\d〇零○一二三四五六七八九十百千万億兆京]", text):
        raise ValueError(f"no number: {number}")
    return total + section + (current or 0.0)


def quantities(text: str, offset: int = 0) -> list[Quantity]:
    """The numbers of a Japanese text, in order; `offset` is added to their places."""
    return in_order(_all(text), offset)


def _all(text: str) -> Iterator[Quantity]:
    for match in _ERA_YEAR.finditer(text):
        number = 1.0 if match["number"] == "元" else value_of(match["number"])
        yield Quantity(match.start(), match.end(), match.group(), ERAS[match["era"]] + number, "year")
    for match in _FRACTION.finditer(text):
        below = value_of(match["below"])
        if below:
            yield Quantity(match.start(), match.end(), match.group(), value_of(match["above"]) / below)
    for match in _PLAIN.finditer(text):
        if _NOT_BEFORE.search(text[: match.start()]) and not match["number"][0].isdigit():
            continue
        quantity = _counted(text, match)
        if quantity is not None:
            yield quantity


def _counted(text: str, match: re.Match[str]) -> Quantity | None:
    """The number with what follows it; None for kanji that are a part of a word (一部, 三菱)."""
    number = match["number"]
    counter = _COUNTER.match(text, match.end())
    in_words = bool(_IN_WORDS.match(number))
    if in_words and (counter is None or text.startswith(_NO_NUMBERS, match.start())):
        return None
    value = value_of(number) + (0.5 if match["half"] else 0.0)
    end = counter.end() if counter else match.end()
    group = counter.lastgroup if counter else None
    category = "number"
    unit = ""
    if counter and counter["tenths"]:
        category, value = "percent", value * 10 + (value_of(counter["hundredths"][0]) if counter["hundredths"] else 0)
    elif group in _GROUPS:
        category = group
    if counter and counter["money"]:
        unit = _UNITS[counter["money"]]
    elif group in ("measure", "imperial"):
        category, unit = "measure", "metric" if group == "measure" else "imperial"
    exact = not (in_words and len(number) == 1) or value >= 10 or category in ("year", "month", "day", "percent")
    return Quantity(match.start(), end, text[match.start() : end], value, cast(Category, category), exact, unit)
