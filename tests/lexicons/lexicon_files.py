"""Small files in the true formats. What they say is invented, or a fact of everyday knowledge."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

JMDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Rev 1.09 -->
<!DOCTYPE JMdict [
<!ELEMENT JMdict (entry*)>
<!ATTLIST gloss xml:lang CDATA "eng">
<!ENTITY n "noun (common) (futsuumeishi)">
<!ENTITY vs "noun or participle which takes the aux. verb suru">
]>
<!-- JMdict created: 2024-05-01 -->
<JMdict>
<entry>
<ent_seq>9000001</ent_seq>
<k_ele><keb>潮見台</keb><ke_pri>news1</ke_pri></k_ele>
<k_ele><keb>汐見台</keb></k_ele>
<r_ele><reb>しおみだい</reb></r_ele>
<sense><pos>&n;</pos><gloss>tide-viewing terrace</gloss><gloss xml:lang="ger">Flutwarte</gloss></sense>
<sense><pos>&n;</pos><pos>&vs;</pos><gloss>watching the tide (from a hill)</gloss></sense>
</entry>
<entry>
<ent_seq>9000002</ent_seq>
<r_ele><reb>イージス・アショア</reb></r_ele>
<sense><pos>&n;</pos><gloss>Aegis Ashore</gloss></sense>
</entry>
</JMdict>
"""

JMNEDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE JMnedict [
<!ENTITY surname "family or surname">
<!ENTITY place "place name">
]>
<!-- JMnedict created: 2023-11-30 -->
<JMnedict>
<entry>
<ent_seq>9500001</ent_seq>
<k_ele><keb>潮見沢</keb></k_ele>
<r_ele><reb>しおみざわ</reb></r_ele>
<trans><name_type>&surname;</name_type><name_type>&place;</name_type><trans_det>Shiomizawa</trans_det></trans>
</entry>
</JMnedict>
"""

SIMPLIFIED = {
    "version": "3.6.1",
    "languages": ["eng"],
    "commonOnly": False,
    "dictDate": "2024-05-06",
    "dictRevisions": ["1.09"],
    "tags": {"n": "noun (common) (futsuumeishi)"},
    "words": [
        {
            "id": "9000001",
            "kanji": [{"common": True, "text": "潮見台", "tags": []}],
            "kana": [{"common": True, "text": "しおみだい", "tags": [], "appliesToKanji": ["*"]}],
            "sense": [
                {
                    "partOfSpeech": ["n"],
                    "appliesToKanji": ["*"],
                    "gloss": [
                        {"lang": "eng", "gender": None, "type": None, "text": "tide-viewing terrace"},
                        {"lang": "ger", "gender": None, "type": None, "text": "Flutwarte"},
                    ],
                }
            ],
        }
    ],
}

SIMPLIFIED_NAMES = {
    "version": "3.6.1",
    "dictDate": "2024-05-06",
    "tags": {"place": "place name"},
    "words": [
        {
            "id": "9500001",
            "kanji": [{"text": "潮見沢", "tags": []}],
            "kana": [{"text": "しおみざわ", "tags": [], "appliesToKanji": ["*"]}],
            "translation": [{"type": ["place"], "related": [], "translation": [{"lang": "eng", "text": "Shiomizawa"}]}],
        }
    ],
}

EDICT = """　？？？ /EDICT2, an invented sample/Created: 2024-05-01/
潮見台(P);汐見台 [しおみだい] /(n) (1) tide-viewing terrace/(2) (n,vs) watching the tide (from a hill)/(P)/EntL9000001X/
イージスアショア /(n) Aegis Ashore/
"""

ENAMDICT = """　？？？ /ENAMDICT, an invented sample/Created: 2024-05-01/
潮見沢 [しおみざわ] /(s,p) Shiomizawa/
"""

LANGLINKS = r"""-- MySQL dump 10.19
CREATE TABLE `langlinks` (
  `ll_from` int(8) unsigned NOT NULL DEFAULT 0,
  `ll_lang` varbinary(35) NOT NULL DEFAULT '',
  `ll_title` varbinary(255) NOT NULL DEFAULT '',
  PRIMARY KEY (`ll_from`,`ll_lang`)
) ENGINE=InnoDB;
INSERT INTO `langlinks` VALUES (11,'de','Kap (Leuchtturm)'),(11,'en','O\'Hara\'s (Cape) lighthouse (building)'),(12,'en','Kite'),(13,'en','Talk:No'),(14,'en','Old');
"""  # noqa: E501

PAGES = r"""-- MySQL dump 10.19
CREATE TABLE `page` (
  `page_id` int(8) unsigned NOT NULL AUTO_INCREMENT,
  `page_namespace` int(11) NOT NULL DEFAULT 0,
  `page_title` varbinary(255) NOT NULL DEFAULT '',
  `page_is_redirect` tinyint(1) unsigned NOT NULL DEFAULT 0,
  `page_is_new` tinyint(1) unsigned NOT NULL DEFAULT 0,
  `page_random` double unsigned NOT NULL DEFAULT 0,
  `page_touched` varbinary(14) NOT NULL,
  `page_links_updated` varbinary(14) DEFAULT NULL,
  PRIMARY KEY (`page_id`)
) ENGINE=InnoDB;
INSERT INTO `page` VALUES (11,0,'オハラ岬_灯台',0,0,0.5,'20240501000000',NULL),(12,0,'凧_(玩具)',0,0,0.25,'20240501000000','20240501000000');
INSERT INTO `page` VALUES (13,1,'ノート',0,0,0.5,'20240501000000',NULL),(14,0,'旧名',1,0,0.5,'20240501000000',NULL);
"""  # noqa: E501

WIKIDATA = "\n".join(
    (
        '{"id":"Q1","ja":"東京","en":"Tokyo","ja_aliases":["東京都"],"en_aliases":["Tôkyô"],"kind":"place"}',
        '{"id":"Q2","labels":{"ja":{"language":"ja","value":"京都"},"en":{"language":"en","value":"Kyoto"}},"aliases":{}},',
        '{"id":"Q3","labels":{"ja":{"language":"ja","value":"片側"}}}',
    )
)

LAW = """用語,ふりがな,訳語,注釈
委任,いにん,"(1) mandate【民法】 (2) delegation",
登記簿,とうきぼ,registry,
"""

UTX = (
    "#UTX 1.11; ja-JP/en-US; 2024-05-01T10:00:00+09:00; copyright: nobody (2024); license: CC-BY 4.0; bidirectional\r\n"
    "#description: invented\r\n"
    "#src\ttgt\tsrc:pos\tterm status\r\n"
    "潮受け板\ttide board\tnoun\tapproved\r\n"
    "潮板\ttide plank\tnoun\tforbidden\r\n"
    "波返し\twave return\t-\tprovisional\r\n"
)

TBX3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Linguist" style="dca" xml:lang="ja" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>invented</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1">
<langSec xml:lang="ja"><termSec><term>潮受け板</term><adminGrp><admin type="reading">シオウケイタ</admin></adminGrp>
<termNote type="partOfSpeech">noun</termNote></termSec></langSec>
<langSec xml:lang="en"><termSec><term>tide <hi>board</hi></term></termSec>
<termSec><term>tide plank</term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="ja"><termSec><term>片側</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""

TBX2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>invented</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1">
<langSet xml:lang="en-GB"><ntig><termGrp><term>tide board</term></termGrp></ntig></langSet>
<langSet xml:lang="ja"><tig><term>潮受け板</term></tig></langSet>
</termEntry>
</body></text></martif>
"""


def as_simplified(records: list[Any], *, names: bool) -> str:
    """Records (lexicons.formats.record) written as jmdict-simplified writes them."""
    words = []
    for number, record in enumerate(records):
        words.append(
            {
                "id": str(number),
                "kanji": [{"text": text, "common": record.common, "tags": []} for text in record.written],
                "kana": [
                    {"text": text, "common": record.common, "tags": [], "appliesToKanji": ["*"]}
                    for text in record.readings
                ],
            }
        )
        for sense in record.senses:
            glosses = [{"lang": "eng", "text": gloss} for gloss in sense.glosses]
            if names:
                words[-1].setdefault("translation", []).append({"type": sense.kinds, "translation": glosses})
            else:
                words[-1].setdefault("sense", []).append({"partOfSpeech": sense.kinds, "gloss": glosses})
    return json.dumps({"version": "3.6.1", "dictDate": "2020-01-01", "tags": {}, "words": words}, ensure_ascii=False)


def as_xml(records: list[Any], *, names: bool) -> str:
    """Records written as the EDRDG's XML writes them, each part of speech an entity."""
    codes: dict[str, str] = {}
    entries = []
    for record in records:
        parts = [f"<k_ele><keb>{escape(text)}</keb>{_mark('ke', record)}</k_ele>" for text in record.written]
        parts += [f"<r_ele><reb>{escape(text)}</reb>{_mark('re', record)}</r_ele>" for text in record.readings]
        for sense in record.senses:
            tag = "name_type" if names else "pos"
            kinds = "".join(f"<{tag}>&{codes.setdefault(kind, f'x{len(codes)}')};</{tag}>" for kind in sense.kinds)
            tag, gloss = ("trans", "trans_det") if names else ("sense", "gloss")
            glosses = "".join(f"<{gloss}>{escape(text)}</{gloss}>" for text in sense.glosses)
            parts.append(f"<{tag}>{kinds}{glosses}</{tag}>")
        entries.append(f"<entry>{''.join(parts)}</entry>")
    root = "JMnedict" if names else "JMdict"
    if names:  # there the code is what is kept, and the text of the entity is not
        entities = "".join(f'<!ENTITY {code} "text of {code}">' for code in codes.values())
    else:
        entities = "".join(f'<!ENTITY {code} "{escape(kind, {chr(34): "&#34;"})}">' for kind, code in codes.items())
    body = "\n".join(entries)
    if names:
        for kind, code in codes.items():
            body = body.replace(f"&{code};", f"&{kind};")
            entities = entities.replace(f"<!ENTITY {code} ", f"<!ENTITY {kind} ")
    return f"<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE {root} [{entities}]>\n<{root}>\n{body}\n</{root}>"


def _mark(prefix: str, record: Any) -> str:
    return f"<{prefix}_pri>news1</{prefix}_pri>" if record.common else ""
