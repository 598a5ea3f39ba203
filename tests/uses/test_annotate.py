"""A text with its terms marked: as text, page and JSON."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from desk_glossary import glossary_of

from glossary.cli.desk import annotate_command
from glossary.decisions import decide
from glossary.store import open_glossary

JA = "灯台守は海猫公園へ行った。\n灯台守は<b>古い</b>灯台を守る。\n木村拓也市長が札幌で会見した。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotate")
    ids = glossary_of(
        folder / "g.db",
        [
            ("海猫公園", "Gull Park", "place"),
            ("灯台守", "lighthouse keeper", "role", "keeper of the light", "light man"),
        ],
    )
    db = open_glossary(folder / "g.db")
    decide(db, "forbid", ids["灯台守"], term="light man", actor="ann")
    decide(db, "note", ids["灯台守"], value="<old> word", actor="ann")
    decide(db, "reading", ids["灯台守"], value="トウダイモリ", actor="ann")
    db.close()
    (folder / "a.ja.txt").write_text(JA, encoding="utf-8")
    return folder


def annotate(folder: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(annotate_command, [*arguments, "--db", str(folder / "g.db")], input=text)


def test_text_has_the_translation_at_the_first_mention_and_then_the_terms(folder: Path) -> None:
    output = annotate(folder, str(folder / "a.ja.txt")).output
    assert "**灯台守**[lighthouse keeper]は**海猫公園**[Gull Park]へ行った。" in output
    assert "**灯台守**は<b>古い</b>" in output
    assert "灯台守 = lighthouse keeper · トウダイモリ" in output
    assert "also: keeper of the light" in output
    assert "<old> word" in output
    assert "not: light man" in output


def test_likely_terms_that_are_not_known_are_listed_with_proposals(folder: Path) -> None:
    (found,) = json.loads(annotate(folder, str(folder / "a.ja.txt"), "--json").output)
    new = {term["text"]: term for term in found["new_terms"]}
    assert "札幌" in new
    assert new["札幌"]["proposals"][0]["text"] == "Sapporo"
    assert not {"灯台守", "海猫公園"} & set(new)
    assert [found["text"][slice(*span)] for span in new["札幌"]["mentions"]] == ["札幌"]


def test_json_places_are_those_of_the_text(folder: Path) -> None:
    (found,) = json.loads(annotate(folder, str(folder / "a.ja.txt"), "--json", "--new", "0").output)
    assert [found["text"][term["start"] : term["end"]] for term in found["terms"]] == ["灯台守", "海猫公園", "灯台守"]
    concept = found["terms"][0]["concepts"][0]
    assert (concept["preferred"], concept["alternatives"]) == ("lighthouse keeper", ["keeper of the light"])
    assert found["new_terms"] == []


def test_standard_input_and_english(folder: Path) -> None:
    output = annotate(folder, "-", "--new", "0", text="The lighthouse keepers left Gull Park in the rain.\n").output
    assert "The **lighthouse keepers** [灯台守] left **Gull Park** [海猫公園]" in output


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attributes if name == "id" and value]
        self.links += [value for name, value in attributes if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_in_one_file_escapes_everything_and_all_links_lead_somewhere(folder: Path) -> None:
    result = annotate(folder, str(folder / "a.ja.txt"), "--html", str(folder / "a.html"))
    assert result.exit_code == 0
    page = Page()
    page.feed((folder / "a.html").read_text(encoding="utf-8"))
    assert not {"b", "old", "script", "link", "img"} & set(page.tags)
    assert "<b>古い</b>" in page.text and "<old> word" in page.text
    assert len(page.ids) == len(set(page.ids))
    assert page.links and {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_the_page_can_go_to_standard_output(folder: Path) -> None:
    assert annotate(folder, str(folder / "a.ja.txt"), "--format", "html").output.startswith("<!DOCTYPE html>")


def test_contradicting_forms_are_refused(folder: Path) -> None:
    assert annotate(folder, str(folder / "a.ja.txt"), "--format", "html", "--json").exit_code == 2
