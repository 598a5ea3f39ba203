# ruff: noqa: E501
"""Formats that bring their alignment, and the exact places of their segments after the repairs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.documents.edits import carried
from glossary.documents.extracted import SegmentTexts
from glossary.documents.folder import read_paths
from glossary.documents.formats.subtitles import read_srt, read_vtt
from glossary.documents.formats.tmx import read_tmx
from glossary.documents.formats.xliff import read_sdlxliff, read_xliff
from glossary.documents.reading import _side
from glossary.documents.repair import repair, restore
from glossary.errors import GlossaryError

TMX = """<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>"""


def tmx(*units: str, encoding: str = "utf-8") -> bytes:
    return TMX.format(encoding=encoding, units="".join(f"<tu>{unit}</tu>" for unit in units)).encode(encoding)


def sides(ja: str, en: str, ja_tag: str = "ja-JP", en_tag: str = "en-US") -> str:
    variants = (f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in ((en_tag, en), (ja_tag, ja)))
    return "".join(variants)


@pytest.mark.parametrize(
    ("unit", "segment"),
    [
        (sides("港", "port"), ("港", "port")),
        (sides("港", "port", "JA", "EN_gb"), ("港", "port")),
        (sides("港", "port").replace("xml:lang", "lang"), ("港", "port")),
        (sides("<bpt i='1'>&lt;b></bpt>港<ept i='1'>&lt;/b></ept>へ", "to <hi>port</hi>"), ("港へ", "to port")),
        (sides("港", "port") + '<tuv xml:lang="fr"><seg>quai</seg></tuv>', ("港", "port")),
        (sides("港", "the&nbsp;port"), ("港", "the\xa0port")),
        (sides("", "port"), ("", "port")),
    ],
)
def test_tmx(unit: str, segment: SegmentTexts) -> None:
    assert read_tmx(tmx(sides("船", "boat"), unit), "a.tmx").segments == (("船", "boat"), segment)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis", "euc-jp"])
def test_the_encodings_of_xml(encoding: str) -> None:
    assert read_tmx(tmx(sides("港", "port"), encoding=encoding), "a.tmx").segments == (("港", "port"),)


def test_a_memory_of_other_languages_is_refused() -> None:
    with pytest.raises(GlossaryError, match=r"a.tmx holds no Japanese and English segments"):
        read_tmx(tmx(sides("quai", "Kai", "fr", "de")), "a.tmx")


XLIFF_1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en"
 target-language="ja"><body><group>{}</group></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="ja"><file id="1">
<unit id="1">{}</unit></file></xliff>"""


@pytest.mark.parametrize(
    ("unit", "segments"),
    [
        ("<source>port</source><target>港</target>", [("港", "port")]),
        ("<source><g id='1'>to</g> port<x id='2'/></source><target>港<ph id='1'>%s</ph>へ</target>", [("港へ", "to port")]),
        ("<source>port</source><target state='needs-translation'>港</target>", [("", "port")]),
        ("<source>port</source><target>port</target>", [("", "port")]),
        ("<source>port</source>", [("", "port")]),
        ("<source>port</source><target>港</target><alt-trans><target>湊</target></alt-trans>", [("港", "port")]),
        (
            "<source>A. B.</source><seg-source><mrk mtype='seg' mid='1'>A.</mrk> <mrk mtype='seg' mid='2'>B.</mrk></seg-source>"
            "<target><mrk mtype='seg' mid='2'>い。</mrk><mrk mtype='seg' mid='1'>あ。</mrk></target>",
            [("あ。", "A."), ("い。", "B.")],
        ),
    ],
)  # fmt: skip
def test_xliff_1(unit: str, segments: list[SegmentTexts]) -> None:
    units = f"<trans-unit><source>boat</source><target>船</target></trans-unit><trans-unit>{unit}</trans-unit>"
    assert read_xliff(XLIFF_1.format(units).encode(), "a.xlf").segments == (("船", "boat"), *segments)


@pytest.mark.parametrize(
    ("unit", "segments"),
    [
        ("<segment><source>port</source><target>港</target></segment>", [("港", "port")]),
        (
            "<segment><source>A <pc id='1'>b</pc><ph id='2'/>.</source><target><pc id='1'>あ</pc>。</target></segment>"
            "<ignorable><source> </source></ignorable><segment state='final'><source>B.</source><target>い。</target></segment>",
            [("あ。", "A b."), ("い。", "B.")],
        ),
        ("<segment><source>port</source></segment>", [("", "port")]),
    ],
)  # fmt: skip
def test_xliff_2(unit: str, segments: list[SegmentTexts]) -> None:
    first = "<segment><source>boat</source><target>船</target></segment>"
    assert read_xliff(XLIFF_2.format(first + unit).encode(), "a.xliff").segments == (("船", "boat"), *segments)


# By the published description: XLIFF 1.2 with segments marked in seg-source and target, and SDL's own elements.
SDLXLIFF = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"
 sdl:version="1.0"><doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"/><file original="pier.docx"
 datatype="x-sdlfilterframework2" source-language="ja-JP" target-language="en-US"><header><sdl:ref-files/>
 <tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="5"><bpt name="cf">bold</bpt></tag></tag-defs></header>
<body><trans-unit id="a" translate="no"><source><x id="0"/></source></trans-unit>
<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts><trans-unit id="b"><source>協議会は<g id="5">計画</g>を承認した。工事は五月に始まる。</source>
<seg-source><mrk mtype="seg" mid="1">協議会は<g id="5">計画</g>を承認した。</mrk><mrk mtype="seg" mid="2">工事は五月に始まる。</mrk></seg-source>
<target><mrk mtype="seg" mid="1">The council approved the <g id="5">plan</g>.</mrk> <mrk mtype="seg" mid="2"/></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated" origin="interactive"/><sdl:seg id="2"/></sdl:seg-defs></trans-unit></group>
</body></file></xliff>"""  # fmt: skip


def test_sdlxliff_by_its_description() -> None:
    assert read_sdlxliff(SDLXLIFF.encode(), "a.sdlxliff").segments == (
        ("協議会は計画を承認した。", "The council approved the plan."),
        ("工事は五月に始まる。", ""),
    )


SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The council\r\nmet</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nand went home.\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n- Yes.\r\n- No.\r\n"  # fmt: skip
VTT = "WEBVTT\n\nNOTE of mine\n\nSTYLE\n::cue { }\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v 市長>計画を&amp;\n<ruby>承認<rt>しょうにん</rt></ruby>した<00:01.500>。\n\n00:03.000 --> 00:04.000\n次へ\n"  # fmt: skip


def test_subtitles() -> None:
    assert read_srt(SRT.encode(), "a.srt").text == "The council met and went home.\n- Yes.\n- No."
    text, log = repair(read_vtt(VTT.encode(), "a.vtt").text)
    assert text == "計画を&承認した。\n次へ" and [r.kind for r in log] == ["ruby"]


def test_text_without_subtitles_is_refused() -> None:
    with pytest.raises(GlossaryError, match=r"a.srt holds no subtitles"):
        read_srt(b"Just a text.\n", "a.srt")


def test_a_bilingual_file_becomes_a_bitext_with_exact_places(tmp_path: Path) -> None:
    pairs = [
        ("ﾌｪﾘｰの埠頭を再建する。", "The ferry pier is rebuilt."),
        ("", "Nobody knows."),
        ("市長が述べた。", "So said the mayor."),
    ]
    (tmp_path / "memory.tmx").write_bytes(tmx(*(sides(*pair) for pair in pairs)))
    collection = read_paths([tmp_path])
    (bitext,) = collection.bitexts
    assert collection.documents == (bitext.en, bitext.ja)
    assert (bitext.name, bitext.method, bitext.confidence) == ("memory", "segments", 1.0)
    assert bitext.reasons == ("memory.tmx aligns 2 segments itself",)
    assert [(bitext.ja.text[slice(*ja)], bitext.en.text[slice(*en)]) for ja, en in bitext.segments] == [
        ("フェリーの埠頭を再建する。", "The ferry pier is rebuilt."),
        ("市長が述べた。", "So said the mayor."),
    ]
    assert bitext.en.text == "The ferry pier is rebuilt.\nNobody knows.\nSo said the mayor."
    assert restore(bitext.ja.text, bitext.ja.repairs) == "ﾌｪﾘｰの埠頭を再建する。\n市長が述べた。"
    assert {d.format for d in collection.documents} == {"tmx"}


def test_an_untranslated_file_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "job.xlf").write_text(XLIFF_1.format("<trans-unit><source>The council met.</source></trans-unit>"))
    collection = read_paths([tmp_path])
    assert [(d.language, d.text) for d in collection.documents] == [("en", "The council met.")]
    assert collection.bitexts == ()


def test_a_memory_beside_articles_of_its_name_gives_way_whole(tmp_path: Path) -> None:
    (tmp_path / "pier.ja.txt").write_text("協議会は計画を承認した。")
    (tmp_path / "pier.en.txt").write_text("The council approved the plan today.")
    (tmp_path / "pier.tmx").write_bytes(tmx(sides("港", "port")))
    collection = read_paths([tmp_path])
    assert [bitext.method for bitext in collection.bitexts] == ["name"]
    assert [path.name for path, _ in collection.skipped] == ["pier.tmx"]


TEXT = st.text("aé\u3042ｶﾞ\u200b\u00ad\ue000\ufb01か\u3099 -\n", max_size=12).map(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=8))
def test_segments_keep_their_places_whatever_is_repaired(segments: list[SegmentTexts]) -> None:
    text, log, places = _side(segments, 0)
    assert restore(text, log) == "\n".join(ja for ja, _ in segments if ja)
    for (ja, _), place in zip(segments, places, strict=True):
        expected = repair(ja, "segments")[0].strip()
        assert (text[slice(*place)] if place else "") == expected


@pytest.mark.parametrize(("offset", "moved"), [(0, 0), (3, 3), (4, 4), (5, 4), (6, 5)])
def test_an_offset_inside_a_repair_moves_to_its_end(offset: int, moved: int) -> None:
    text, log = repair("あいうｶﾞえ", "segments")
    assert text == "あいうガえ"
    assert carried([offset], log) == [moved]
