"""Spellings of one word that differ by rule: what two spellings share is equal here, other words stay apart.

The folded forms are keys to compare by, not to be shown. Japanese: old and new character forms (the bracketed forms of
the Jōyō kanji table of 2010 and common forms of names), the middle dot and the long vowel mark at the end of katakana
(the notice 外来語の表記 of 1991 leaves both open), ヴ, and okurigana inside compounds (送り仮名の付け方, 1973, rule 6,
permits 打ち上げ and 打上げ). English: the regular differences between British and American spelling.
"""

from __future__ import annotations

import re
from functools import lru_cache

# fmt: off
_OLD_AND_NEW = (
    "亞亜 惡悪 壓圧 圍囲 爲為 醫医 壹壱 稻稲 飮飲 隱隠 營営 榮栄 衞衛 驛駅 圓円 艷艶 鹽塩 奧奥 應応 歐欧 毆殴 櫻桜 "
    "假仮 價価 畫画 會会 壞壊 懷懐 繪絵 擴拡 殼殻 覺覚 學学 嶽岳 樂楽 渴渇 卷巻 陷陥 勸勧 寬寛 關関 歡歓 觀観 歸帰 "
    "氣気 龜亀 僞偽 戲戯 犧犠 舊旧 據拠 擧挙 峽峡 挾挟 狹狭 堯尭 曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 溪渓 經経 繼継 "
    "莖茎 螢蛍 輕軽 鷄鶏 藝芸 缺欠 儉倹 劍剣 圈圏 檢検 權権 獻献 縣県 險険 顯顕 驗験 嚴厳 效効 廣広 恆恒 鑛鉱 號号 "
    "國国 濟済 碎砕 齋斎 劑剤 冱冴 册冊 雜雑 參参 慘惨 棧桟 蠶蚕 贊賛 殘残 絲糸 齒歯 兒児 辭辞 濕湿 實実 舍舎 寫写 "
    "釋釈 壽寿 收収 從従 澁渋 獸獣 縱縦 肅粛 處処 敍叙 奬奨 將将 燒焼 稱称 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 疊畳 "
    "穰穣 讓譲 釀醸 囑嘱 觸触 寢寝 愼慎 晉晋 眞真 盡尽 圖図 粹粋 醉酔 隨随 髓髄 數数 樞枢 瀨瀬 聲声 靜静 齊斉 攝摂 "
    "竊窃 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 總総 聰聡 莊荘 裝装 騷騒 藏蔵 臟臓 屬属 "
    "續続 墮堕 體体 對対 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団 彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 "
    "聽聴 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗 燈灯 當当 鬭闘 德徳 獨独 讀読 屆届 繩縄 貳弐 惱悩 腦脳 霸覇 廢廃 "
    "拜拝 賣売 麥麦 發発 髮髪 拔抜 蠻蛮 祕秘 濱浜 甁瓶 佛仏 拂払 竝並 變変 邊辺 邉辺 辨弁 瓣弁 辯弁 舖舗 穗穂 寶宝 "
    "豐豊 萠萌 沒没 飜翻 槇槙 萬万 滿満 默黙 彌弥 藥薬 譯訳 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 遙遥 來来 賴頼 亂乱 "
    "覽覧 龍竜 兩両 獵猟 綠緑 壘塁 勵励 禮礼 隸隷 靈霊 齡齢 戀恋 爐炉 勞労 樓楼 郞郎 錄録 灣湾 曾曽 巢巣 增増 髙高 "
    "驒騨 嶋島 嶌島 﨑崎 舘館 渕淵 冨富 濵浜 黑黒 橫横 每毎 步歩 淚涙 戾戻 內内 緖緒 靑青 淸清 狀状 尙尚 歷歴 曆暦 "
    "瘦痩 麵麺 鷗鴎 鴬鶯 桧檜 篭籠 薮藪 攜携 頰頬 剝剥 塡填"
)
_KATAKANA_FAMILIES = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴュ", "ビュ"), ("ヴ", "ブ"))
# fmt: on
_NEW_FORMS = str.maketrans({pair[0]: pair[1] for pair in _OLD_AND_NEW.split()})
_INNER_DOT = re.compile(r"(?<=[ァ-ヺー])[・･=＝゠‐\- 　](?=[ァ-ヺ])")
_LONG_AT_END = re.compile(r"(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])")
_KANJI = "㐀-䶿一-鿿豈-﫿々"
_INNER_OKURIGANA = re.compile(rf"(?<=[{_KANJI}])[いきぎしちびみりけげせねべめれえ](?=[{_KANJI}][ぁ-ん]$)")


@lru_cache(maxsize=100_000)
def fold_japanese(text: str) -> str:
    """A Japanese term without differences of spelling: イージス・アショア → イージスアショア, 打ち上げ → 打上げ.

    >>> fold_japanese("コンピューター"), fold_japanese("ヴェネツィア"), fold_japanese("澤村")
    ('コンピュータ', 'ベネツィア', '沢村')
    """
    folded = _INNER_OKURIGANA.sub("", text.translate(_NEW_FORMS))
    folded = _LONG_AT_END.sub("", _INNER_DOT.sub("", folded))
    for other, usual in _KATAKANA_FAMILIES:
        folded = folded.replace(other, usual)
    return folded


# fmt: off
_OUR = (
    "arbour ardour armour behaviour candour clamour colour demeanour endeavour favour fervour flavour harbour honour "
    "humour labour neighbour odour parlour rancour rigour rumour saviour savour splendour tumour valour vapour vigour"
)
_RE = "calibre centre fibre litre lustre meagre metre mitre sabre sceptre sombre spectre theatre"
_BRITISH = (
    "aeroplane:airplane aluminium:aluminum analyse:analyze anaesthetic:anesthetic anaemia:anemia appal:appall "
    "archaeology:archeology catalogue:catalog catalyse:catalyze cheque:check chequered:checkered cosy:cozy "
    "counsellor:counselor councillor:councilor defence:defense diarrhoea:diarrhea dialyse:dialyze "
    "distil:distill draught:draft encyclopaedia:encyclopedia enrol:enroll enrolment:enrollment fulfil:fulfill "
    "fulfilment:fulfillment foetus:fetus grey:gray gynaecology:gynecology haemorrhage:hemorrhage "
    "instalment:installment jeweller:jeweler jewellery:jewelry judgement:judgment leukaemia:leukemia licence:license "
    "manoeuvre:maneuver marvellous:marvelous medallist:medalist mould:mold moustache:mustache oesophagus:esophagus "
    "oestrogen:estrogen offence:offense orthopaedic:orthopedic paediatric:pediatric paediatrician:pediatrician "
    "paralyse:paralyze plough:plow practise:practice pretence:pretense programme:program pyjamas:pajamas "
    "sceptic:skeptic sceptical:skeptical skilful:skillful storey:story smoulder:smolder sulphur:sulfur "
    "traveller:traveler tsar:czar tyre:tire wilful:willful woollen:woolen yoghurt:yogurt"
)
_DOUBLED = (
    "cancel channel counsel duel equal fuel initial label level libel marshal model panel quarrel rival shovel "
    "signal spiral total travel tunnel"
)
_NEVER_ISE = (
    "advertise advise apprise arise braise bruise chastise circumcise comprise compromise concise cruise demise "
    "despise devise disguise enterprise excise exercise expertise franchise guise improvise incise liaise malaise "
    "merchandise mortise noise paradise poise practise praise precise premise promise raise reprise revise rise "
    "supervise surmise surprise televise treatise valise wise likewise otherwise clockwise appraise anise "
    "polonaise mayonnaise bouillabaisse chaise turquoise tortoise porpoise"
)
# fmt: on
_WORDS = {
    **dict(pair.split(":") for pair in _BRITISH.split()),
    **{word: word[:-3] + "or" for word in _OUR.split()},
    **{word: word[:-2] + "er" for word in _RE.split()},
}
_AMERICAN_WORDS = {american: british for british, american in _WORDS.items()}
_BOTH_REGIONS = frozenset(("check", "draft", "story", "tire", "practice", "license", "program", "meter", "archeology"))
"""Words that British writers use, too, in another sense or beside the other spelling."""
_STEMS = re.compile(
    "(" + "|".join(sorted(_OUR.split(), key=len, reverse=True)) + r")(?=able|ed|er|ful|ing|ist|ite|less|s|y|hood|ly)"
)
_METRES = re.compile(r"(?<=[a-z])(metre|litre)$")
_DOUBLING = re.compile("(" + "|".join(_DOUBLED.split()) + r")l(?=ed$|er$|ers$|ing$|ings$|or$|ors$)")
_ISE = re.compile(r"(?<=[a-z]{3})is(?=e$|ed$|er$|ers$|es$|ing$|ation$|ations$|ational$)")
_EXCEPTIONS = frozenset(_NEVER_ISE.split())


@lru_cache(maxsize=100_000)
def american(word: str) -> str:
    """A lower-case English word in American spelling: defence → defense, organisation → organization.

    >>> american("labelling"), american("neighbourhood"), american("exercise"), american("hour")
    ('labeling', 'neighborhood', 'exercise', 'hour')
    """
    if word in _WORDS:
        return _WORDS[word]
    plural = word[:-1]
    if word.endswith("s") and plural in _WORDS:
        return _WORDS[plural] + "s"
    changed = _STEMS.sub(lambda match: match.group()[:-3] + "or", word)
    changed = _METRES.sub(lambda match: match.group()[:-2] + "er", changed)
    changed = _DOUBLING.sub(r"\1", changed)
    return _ISE.sub("iz", changed) if _takes_ize(changed) else changed


def _takes_ize(word: str) -> bool:
    """True of organise, organisation; not of exercise, promised, improvisation."""
    found = _ISE.search(word)
    if not found:
        return False
    stem = word[: found.start()] + "ise"
    return stem not in _EXCEPTIONS and _is_word(word[: found.start()] + "ize")


def _is_word(word: str) -> bool:
    import simplemma

    return simplemma.is_known(word, lang="en")


def region_of(term: str) -> str | None:
    """ "GB" or "US" where a word of an English term is spelled as there only, else None.

    >>> region_of("Labour Party"), region_of("defense budget"), region_of("Aegis Ashore")
    ('GB', 'US', None)
    """
    words = re.findall(r"[a-z]+", term.casefold())
    british = any(american(word) != word for word in words)
    if british:
        return "GB"
    return "US" if any(_british_of(word) for word in words if word not in _BOTH_REGIONS) else None


def _british_of(word: str) -> str | None:
    singular = word[:-1] if word.endswith("s") else word
    return _AMERICAN_WORDS.get(word) or _AMERICAN_WORDS.get(singular)
