"""Settings: where they are found, which come first, what is refused, and what glossaries over each other answer."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from desk_glossary import glossary_of
from sample_glossary import CHECKOUT

from glossary.api import Glossary, HouseStyle, Layer
from glossary.cli import cli
from glossary.decisions import decide
from glossary.errors import GlossaryError
from glossary.layers.precedence import face, takes_place
from glossary.lexicons.in_force import added_lexicons
from glossary.settings.example import example
from glossary.settings.keys import KEYS
from glossary.settings.reading import read_settings, settings_of
from glossary.store import open_glossary
from glossary.store.settings import threshold

MANUAL = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
CLIENT = [
    ("領土", "dominion", "concept"),
    ("外務省", "Foreign Office", "concept"),
    ("米", "rice", "concept"),
    ("水門", "sluice", "concept"),
]
OFFICIAL = [
    ("領土", "territory", "concept"),
    ("国土", "territory", "concept"),
    ("外務省", "Ministry of Foreign Affairs", "organization"),
    ("米", "United States", "place"),
    ("灯台", "lighthouse", "concept"),
    ("防衛計画", "defence plan", "concept", "defense plan"),
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person without settings, in an empty project; returns the folder of the user's own file."""
    for name in ("GLOSSARY_DB", "GLOSSARY_ACTOR", "GLOSSARY_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("click.get_app_dir", lambda name: str(tmp_path / "home" / name))
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return tmp_path / "home" / "glossary"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env=environment)


def answer(*arguments: str) -> list[dict]:
    result = run(*arguments)
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


# Where settings are found


def test_the_nearest_file_above_is_the_projects_and_the_users_lies_under_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "glossary.toml", 'actor = "ann"\ndatabase = "own.db"\n')
    write(Path("glossary.toml"), '\ndatabase = "data/project.db"\n')
    here = Path("texts/new").absolute()
    here.mkdir(parents=True)
    project = Path.cwd()
    monkeypatch.chdir(here)
    settings = read_settings()
    assert settings.database == project / "data" / "project.db"
    assert settings.origin("database") == f"{project / 'glossary.toml'}, line 2"
    assert (settings["actor"], settings.origin("actor")) == ("ann", f"{home / 'glossary.toml'}, line 1")
    assert (settings["check.level"], settings.origin("check.level")) == ("warning", "default")


def test_command_line_then_environment_then_file() -> None:
    for name in ("line.db", "variable.db", "project.db"):
        glossary_of(Path(name), [("灯台", name, "concept")])
    write(Path("glossary.toml"), 'database = "project.db"\n')

    def english(*arguments: str, **environment: str) -> str:
        return json.loads(run("lookup", "灯台", "--json", *arguments, **environment).stdout)[0]["concept"]["en"]

    assert english() == "project.db"
    assert english(GLOSSARY_DB="variable.db") == "variable.db"
    assert english("--db", "line.db", GLOSSARY_DB="variable.db") == "line.db"


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_named_file_stands_in_for_the_projects(way: str) -> None:
    write(Path("glossary.toml"), 'actor = "project"\n')
    write(Path("other/mine.toml"), 'database = "mine.db"\n')
    if way == "option":
        result = run("--settings", "other/mine.toml", "settings", "--json")
    else:
        result = run("settings", "--json", GLOSSARY_SETTINGS="other/mine.toml")
    found = json.loads(result.stdout)["settings"]
    assert Path(found["database"]["value"]) == Path("other/mine.db")
    assert found["actor"] == {"value": None, "origin": "default"}


def test_of_database_and_glossaries_the_higher_file_decides(home: Path) -> None:
    write(home / "glossary.toml", '[[glossary]]\npath = "a.db"\n[[glossary]]\npath = "b.db"\n')
    write(Path("glossary.toml"), 'database = "c.db"\n')
    settings = read_settings()
    assert settings.database == Path.cwd() / "c.db"
    assert settings["glossary"] == ()


# What is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\ndatabaze = "x"', "line 2: databaze: there is no such setting; did you mean database?"),
        ('[style]\n\nromanji = "plain"', "line 3: style.romanji: there is no such setting; did you mean style.romaji?"),
        ('level = "error"', "line 1: level: there is no such setting; did you mean check.level?"),
        ("[zzzz]\nq = 1", "line 2: zzzz.q: there is no such setting: `glossary settings` lists them"),
        ("database = 3", "line 1: database: give a text in quotes"),
        ("precision = true", 'line 1: precision: give "normal", "high" or a number from 0 to 1'),
        ("precision = 1.5", 'line 1: precision: give "normal", "high" or a number from 0 to 1'),
        ('style = "plain"', "line 1: style: there is no such setting"),
        ("check.level = 1", 'line 1: check.level: give "info", "warning" or "error"'),
        ('[check]\nsuppress = "a"\nsuppressions = "b"', "line 3: check.suppressions: give a list of texts"),
        ('[lexicons.priority]\n"A" = 100', "line 1: lexicons.priority: 'A': give "),
        ('[[glossary]]\nname = "A"', "line 1: glossary: number 1: each glossary needs a path"),
        ('[[glossary]]\npath = "a.db"\n[[glossary]]\nname = "B"', "glossary: number 2: each glossary needs a path"),
        ('[[glossary]]\npath = "a.db"\nnmae = "A"', "line 1: glossary: number 1: 'nmae' is unknown here"),
        ('[[glossary]]\npath = "a.db"\n[[glossary]]\npath = "b.db"\nnmae = "B"', "number 2: 'nmae' is unknown here"),
        ('[[glossary]]\npath = "a.db"\n[[glossary]]\npath = 3', "glossary: number 2: give a text in quotes"),
        ('[[glossary]]\npath = "x/a.db"\n[[glossary]]\npath = "y/a.db"', "two glossaries have one name"),
        ('database = "a"\n[[glossary]]\npath = "b"', "the first [[glossary]] is the database: give one of them"),
        ("actor = ann", "the settings are not TOML: "),
    ],
)
def test_what_is_refused_is_one_line_with_file_line_and_key(text: str, message: str) -> None:
    write(Path("glossary.toml"), text)
    result = run("settings")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {Path.cwd() / 'glossary.toml'}")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("content", [None, "\xff".encode("latin-1")])
def test_a_file_that_cannot_be_read_is_one_line(content: bytes | None) -> None:
    if content is not None:
        Path("mine.toml").write_bytes(content)
    result = run("--settings", "mine.toml", "settings")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: mine.toml: the settings ")


def test_a_bad_suppression_names_its_place() -> None:
    write(Path("glossary.toml"), '[check]\nsuppressions = ["number\\t*\\t4", "nonsense"]\n')
    with pytest.raises(GlossaryError, match=r"glossary\.toml, line 2: check\.suppressions, number 2: 'nonsense'"):
        read_settings().suppressions()


# settings --init


def test_init_writes_a_file_that_changes_nothing_until_it_is_edited(home: Path) -> None:
    assert run("settings", "--init").stdout == "glossary.toml\n"
    assert read_settings().values == {}
    again = run("settings", "--init")
    assert (again.exit_code, again.stderr) == (1, "Error: glossary.toml: there are settings already: edit them\n")
    assert run("settings", "--init", "--user").exit_code == 0
    assert (home / "glossary.toml").exists()


def test_every_line_of_the_example_means_something_without_its_mark(tmp_path: Path) -> None:
    lines = [line.removeprefix("#") for line in example().splitlines() if not line.startswith("# ")]
    text = "\n".join(lines).replace('database = "glossary.db"\n', "")
    path = write(tmp_path / "all.toml", text)
    assert settings_of(path).values.keys() == {key.name for key in KEYS} - {"database"}


# What the settings do


def test_actor_level_and_suppressions() -> None:
    ids = glossary_of(Path("glossary.db"), [("灯台", "lighthouse", "concept")])
    write(Path("glossary.toml"), 'actor = "keiko"\n[check]\nsuppressions = ["number\\t*\\t4"]\n')
    made = json.loads(run("decide", "note", ids["灯台"], "an old word", "--json").stdout)
    assert made["actor"] == "keiko"
    ja, en = write(Path("a.ja.txt"), "船が３隻ある。\n"), write(Path("a.en.txt"), "There are 4 ships.\n")
    (report,) = answer("check", str(ja), str(en), "--json")
    assert (report["findings"], report["suppressed"]) == ([], 1)
    write(Path("glossary.toml"), '[check]\nlevel = "error"\n')
    assert run("check", str(ja), str(en)).exit_code == 0
    assert run("check", str(ja), str(en), "--level", "warning").exit_code == 3


def test_build_writes_precision_and_priorities_into_the_glossary_once() -> None:
    text = write(Path("texts/a.ja.txt"), "灯台守は海を見た。\n").parent
    write(Path("terms.csv"), "ja,en\n灯台守,lighthouse keeper\n")
    write(Path("glossary.toml"), 'precision = 0.25\n[lexicons.priority]\n"House" = 7\n')
    assert run("lexicon", "add", "terms.csv", "--name", "House").exit_code == 0
    assert [one.priority for one in added_lexicons(Path("glossary.db"))] == [7]
    first = run("build", str(text))
    assert first.exit_code == 0, first.output
    assert "glossary.toml, line 1), pairs with a confidence of at least 0.25 are shown." in first.stderr
    with open_glossary(Path("glossary.db"), readonly=True) as db:
        assert threshold(db) == 0.25
    write(Path("glossary.toml"), 'precision = 0.25\n[lexicons.priority]\n"House" = "official"\n')
    second = run("build", str(text))
    assert "As the settings say" not in second.stderr
    assert [one.priority for one in added_lexicons(Path("glossary.db"))] == [20]
    assert "The next build sets it to 0.25 again" in run("precision", "high").stderr


@pytest.mark.parametrize(("wanted", "given"), [("0.90", "0.90"), ("0.9", ".90"), ('"normal"', "normal"), ("1", "1.0")])
def test_a_precision_that_the_settings_write_otherwise_is_the_same(wanted: str, given: str) -> None:
    glossary_of(Path("glossary.db"), CLIENT)
    write(Path("glossary.toml"), f"precision = {wanted}\n")
    result = run("precision", given)
    assert result.exit_code == 0, result.output
    assert "The next build" not in result.stderr
    assert "The next build" in run("precision", "0.123").stderr


STYLES = [
    (HouseStyle(romaji="plain"), ("Ōe", [], "place", None), "Ōe"),
    (HouseStyle(spelling="american"), ("defence plan", ["defense plan"], "concept", None), "defense plan"),
    (HouseStyle(spelling="british"), ("defence plan", ["defense plan"], "concept", None), "defence plan"),
    (HouseStyle(spelling="american"), ("defence plan", ["security plan"], "concept", None), "defence plan"),
    (HouseStyle(name_order="family-first"), ("Koichi Tada", [], "person", "Tadakōichi"), "Tada Koichi"),
    (HouseStyle(name_order="given-first"), ("Tada Koichi", [], "person", "Tada Kōichi"), "Koichi Tada"),
    (HouseStyle(name_order="given-first"), ("Koichi Tada", [], "person", "Tadakōichi"), "Koichi Tada"),
    (HouseStyle(name_order="family-first"), ("Emma Stone", [], "person", "Emasutōn"), "Emma Stone"),
    (HouseStyle(name_order="family-first"), ("Koichi Tada", [], "person", None), "Koichi Tada"),
    (HouseStyle(name_order="family-first"), ("Koichi Tada", [], "work", "Tadakōichi"), "Koichi Tada"),
]


@pytest.mark.parametrize(("style", "given", "written"), STYLES)
def test_house_style(style: HouseStyle, given: tuple, written: str) -> None:
    assert style.english(*given) == written


def test_house_style_in_commands(glossary_path: Path) -> None:
    write(Path("glossary.toml"), '[style]\nromaji = "plain"\n')
    assert "  ryodo · concept" in run("lookup", "領土", "--db", str(glossary_path)).stdout
    with Glossary.open(glossary_path, HouseStyle(romaji="plain")) as glossary:
        assert glossary.lookup("領土")[0].romaji == "ryodo"


def test_rivals_and_relations_of_an_entry_are_in_house_style_too() -> None:
    ids = glossary_of(
        Path("glossary.db"),
        [
            ("防衛計画", "defence plan", "concept", "defense plan"),
            ("国防計画", "defense plan", "concept"),
            ("防衛", "defence", "concept", "defense"),
        ],
    )
    with open_glossary(Path("glossary.db")) as db, db.conn:
        db.conn.executemany(
            """insert into relation (concept, relation, other, reason) select one.id, ?, two.id, 'as a build finds them'
            from concept as one, concept as two where one.concept_id = ? and two.concept_id = ?""",
            [("see", ids["国防計画"], ids["防衛計画"]), ("broader", ids["国防計画"], ids["防衛"])],
        )
    with (
        Glossary.open("glossary.db", HouseStyle(spelling="american")) as american,
        Glossary.open("glossary.db") as plain,
    ):
        styled, found = american.entry(ids["国防計画"]), plain.entry(ids["国防計画"])
    assert [other["en"] for other in found["competing"]] == ["defence plan"]
    assert [other["en"] for other in styled["competing"]] == ["defense plan"]
    assert {other["en"] for other in found["relations"]} == {"defence plan", "defence"}
    assert {other["en"] for other in styled["relations"]} == {"defense plan", "defense"}
    for part in ("competing", "relations"):
        assert [{**other, "en": ""} for other in styled[part]] == [{**other, "en": ""} for other in found[part]]


# Glossaries over each other

SAME_JAPANESE = [
    # higher: kind, English; lower: kind, English; hidden
    ("concept", "dominion", "concept", "territory", True),
    ("concept", "Foreign Office", "organization", "Ministry of Foreign Affairs", True),
    ("concept", None, "place", "United States", True),
    ("concept", "rice", "place", "United States", False),
    ("person", "Fukushima", "place", "Fukushima City", False),
    ("place", "Fukushima", "person", "Fukushima", True),
    ("organization", "the Alliance", "concept", "alliance", True),
]


@pytest.mark.parametrize(("kind", "en", "other_kind", "other_en", "hidden"), SAME_JAPANESE)
def test_one_japanese_term_in_two_glossaries(
    kind: str, en: str | None, other_kind: str, other_en: str, hidden: bool
) -> None:
    upper = face(kind, en, [("ja", "語"), *([("en", en)] if en else [])])
    assert takes_place(upper, face(other_kind, other_en, [("ja", "語"), ("en", other_en)])) is hidden


def test_an_english_term_alone_hides_nothing() -> None:
    upper = face("concept", "territory", [("ja", "領域"), ("en", "territory")])
    assert not takes_place(upper, face("concept", "territory", [("ja", "領土"), ("en", "territory")]))


@pytest.fixture
def laid() -> dict[str, str]:
    """Client over official, with settings; ids of the client's concepts."""
    ids = glossary_of(Path("client.db"), CLIENT)
    glossary_of(Path("official.db"), OFFICIAL)
    tables = [f'[[glossary]]\npath = "{name.lower()}.db"\nname = "{name}"\n' for name in ("Client", "Official")]
    write(Path("glossary.toml"), "".join(tables))
    return ids


def seen(term: str) -> list[tuple[str, str]]:
    result = run("lookup", term, "--json")
    return [(entry["layer"], entry["concept"]["en"]) for entry in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("領土", [("Client", "dominion")]),
        ("外務省", [("Client", "Foreign Office")]),
        ("米", [("Client", "rice"), ("Official", "United States")]),
        ("灯台", [("Official", "lighthouse")]),
        ("水門", [("Client", "sluice")]),
        ("territory", [("Official", "territory")]),
    ],
)
def test_lookup_says_which_glossary_answers(laid: dict[str, str], term: str, found: list[tuple[str, str]]) -> None:
    assert seen(term) == found
    assert f" · {found[0][0]}" in run("lookup", term).stdout


def test_what_the_client_rejected_or_forbade_is_not_taken_from_the_official_one(laid: dict[str, str]) -> None:
    db = open_glossary(Path("client.db"))
    wrong = decide(db, "add", ja="灯台", en="lighthouse", kind="concept", actor="ann")
    rejected = decide(db, "reject", wrong.concept_id, actor="ann")
    assert seen("灯台") == []
    decide(db, "undo", rejected.decision_id, actor="ann")
    assert seen("灯台") == [("Client", "lighthouse")]
    decide(db, "add", laid["領土"], term="territory", actor="ann")
    decide(db, "forbid", laid["領土"], term="territory", actor="ann")
    db.close()
    ja, en = write(Path("a.ja.txt"), "領土は広い。\n"), write(Path("a.en.txt"), "The territory is wide.\n")
    (report,) = answer("check", str(ja), str(en), "--json")
    assert [(f["rule"], f["layer"], f["suggestion"]) for f in report["findings"] if f["rule"] == "forbidden-term"] == [
        ("forbidden-term", "Client", "dominion")
    ]


def test_annotate_and_check_ask_all_glossaries_in_order(laid: dict[str, str]) -> None:
    ja = write(Path("a.ja.txt"), "外務省は領土の灯台と米を調べた。\n")
    (annotation,) = answer("annotate", str(ja), "--json", "--new", "0")
    terms = {term["text"]: [(c["layer"], c["preferred"]) for c in term["concepts"]] for term in annotation["terms"]}
    assert terms == {
        "外務省": [("Client", "Foreign Office")],
        "領土": [("Client", "dominion")],
        "灯台": [("Official", "lighthouse")],
        "米": [("Client", "rice"), ("Official", "United States")],
    }
    en = write(Path("a.en.txt"), "The Foreign Office inspected the beacon and the rice of the territory.\n")
    (report,) = answer("check", str(ja), str(en), "--json")
    missing = {f["ja_text"]: f["layer"] for f in report["findings"] if f["rule"] == "term"}
    assert missing == {"領土": "Client", "灯台": "Official"}
    assert "(Official) [term]" in run("check", str(ja), str(en)).stdout


def test_decisions_go_to_the_first_and_a_named_database_stands_alone(laid: dict[str, str]) -> None:
    assert run("decide", "add", "--ja", "汽笛", "--en", "steam whistle").exit_code == 0
    assert seen("汽笛") == [("Client", "steam whistle")]
    (entry,) = answer("lookup", "領土", "--json", "--db", "official.db")
    assert entry["concept"]["en"] == "territory"
    assert "layer" not in entry


def test_python_reads_several_glossaries(laid: dict[str, str]) -> None:
    with Glossary.open([Layer(Path("client.db"), "Client"), Layer(Path("official.db"), "Official")]) as both:
        concepts = list(both)
        assert len(both) == len(concepts) == 8
        assert {(c.ja, c.layer) for c in concepts if c.ja in ("領土", "国土", "米")} == {
            ("領土", "Client"),
            ("国土", "Official"),
            ("米", "Client"),
            ("米", "Official"),
        }
        (lighthouse,) = both.lookup("灯台")
        assert both.entry(lighthouse)["layer"] == both.entry(lighthouse.concept_id)["layer"] == "Official"
        assert [match.known.layer for match in both.matches("領土の灯台")] == ["Client", "Official"]
    with Glossary.open(["client.db", "official.db"]) as both:
        assert both.lookup("水門")[0].layer == "client"
    with pytest.raises(GlossaryError, match="client: two glossaries"):
        Glossary.open(["client.db", "client.db"])


@pytest.mark.parametrize("limit", [5, 20, 100])
def test_what_is_hidden_takes_no_place_among_the_results(limit: int) -> None:
    glossary_of(Path("client.db"), [("港湾", "harbor", "concept", *[f"港{i}号" for i in range(10)])])
    glossary_of(Path("official.db"), [(f"港{i}号", f"port {i}", "concept") for i in range(30)])
    with Glossary.open(["client.db", "official.db"]) as both:
        found = [(concept.ja, concept.layer) for concept in both.lookup("港", limit=limit)]
    assert found[0] == ("港湾", "client")
    assert {layer for _, layer in found[1:]} == {"official"}
    assert len(set(found)) == len(found) == min(limit, 21)


def test_a_hidden_concept_has_no_entry(laid: dict[str, str]) -> None:
    with Glossary.open("official.db") as official:
        (hidden,) = [c for c in official if c.ja == "領土"]
    with Glossary.open(["client.db", "official.db"]) as both, pytest.raises(KeyError):
        both.entry(hidden.concept_id)


# The manual


def test_the_table_names_all_settings() -> None:
    assert re.findall(r"^\| `([\w.-]+)` \|", MANUAL, re.MULTILINE) == [key.name for key in KEYS]


def test_the_example_of_the_manual_is_read(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    assert tomllib.loads(block)
    settings = settings_of(write(tmp_path / "glossary.toml", block))
    assert settings.values.keys() == {key.name for key in KEYS} - {"database", "actor"}


def test_the_commands_of_the_manual_run() -> None:
    commands = re.findall(r"^\$ glossary (.*)$", MANUAL, re.MULTILINE)
    assert len(commands) == 6
    for command in commands:
        assert run(*command.split()).exit_code == 0, command


def test_the_python_of_the_manual_runs(laid: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    exec(compile(block, "settings.md", "exec"), {})
    assert capsys.readouterr().out == "Client 領土 dominion\n"
