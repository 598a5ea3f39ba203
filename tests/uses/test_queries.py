import re
from pathlib import Path

import pytest

from glossary.errors import GlossaryError
from glossary.resources import resource_dir
from glossary.uses.queries import saved_queries


def test_each_file_is_a_query() -> None:
    queries = saved_queries()
    assert [query.name for query in queries] == sorted(path.stem for path in resource_dir("queries").glob("*.sql"))
    assert len({query.title for query in queries}) == len(queries) >= 10
    assert all(re.match(r"(select|with)\b", query.sql) for query in queries)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("select 1", "title"),
        ("-- title: One\nselect 1", "description"),
        ("-- title: One\n-- description: A number.\n", "SQL"),
    ],
)
def test_a_file_without_its_parts_is_named(tmp_path: Path, text: str, missing: str) -> None:
    (tmp_path / "one.sql").write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=rf"one\.sql: {missing} is missing"):
        saved_queries(tmp_path)


def test_the_sql_comes_without_its_header(tmp_path: Path) -> None:
    (tmp_path / "one.sql").write_text(
        "-- title: 一\n-- description: Number: one\n\nselect 1 -- one\n", encoding="utf-8"
    )
    (query,) = saved_queries(tmp_path)
    assert (query.name, query.title, query.description, query.sql) == ("one", "一", "Number: one", "select 1 -- one")
