"""Figures on the sample articles may not fall. `python tests/test_quality_gate.py --update` raises the floors.

The samples are few, short and tidy: these are floors against regressions, no measure of quality (docs/quality.md).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

BASELINE = Path(__file__).with_name("quality_baseline.json")
FIGURES = ("precision", "recall_core", "f")
MARGIN = 0.01
"""How far below a measured figure its floor is set."""


def measured() -> dict[str, float]:
    """Precision, recall of the core pairs and F of the pairs that the samples' glossary shows."""
    from sample_glossary import SAMPLES, sample_glossary

    from glossary.training.gold import gold_tiers, normalize_en, normalize_ja, read_gold, score_pairs

    sql = "select distinct document, ja, en from contexts where ja is not null and en is not null"
    with sqlite3.connect(sample_glossary()) as db:
        found = [(document, normalize_ja(ja), normalize_en(en)) for document, ja, en in db.execute(sql)]
    return score_pairs(gold_tiers(read_gold(SAMPLES / "gold.jsonl")), found)._asdict()


def conditions() -> dict[str, Any]:
    """What the figures depend on, besides the program."""
    from sample_glossary import SAMPLES, digest, sample_glossary

    from glossary.terms.model import WEIGHTS

    with sqlite3.connect(sample_glossary()) as db:
        version, lexicons = db.execute("select version, lexicons from builds order by build_id desc").fetchone()
    texts = hashlib.sha256()
    for path in sorted(SAMPLES.glob("*.txt")):
        texts.update(path.name.encode() + path.read_bytes())
    return {
        "texts_sha256": texts.hexdigest(),
        "gold_sha256": digest(SAMPLES / "gold.jsonl"),
        "weights_sha256": digest(WEIGHTS),
        "lexicons": json.loads(lexicons),
        "version": version,
    }


def differences(pinned: dict[str, Any], present: dict[str, Any]) -> str:
    """Conditions that are not those under which the floors were set."""
    changed = [name for name in present if pinned.get(name) != present[name]]
    return "; ".join(f"{name}: {pinned.get(name)} → {present[name]}" for name in changed)


def test_no_figure_falls_below_its_floor() -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    figures, present = measured(), conditions()
    for same in ("texts_sha256", "gold_sha256"):
        assert present[same] == baseline["conditions"][same], "the samples changed: run this file with --update"
    report = ", ".join(f"{name} {figures[name]:.4f} (floor {baseline['floors'][name]:.4f})" for name in FIGURES)
    changed = differences(baseline["conditions"], present)
    fallen = [name for name in FIGURES if figures[name] < baseline["floors"][name]]
    assert not fallen, f"{report}; changed since: {changed or 'no condition'}"


def updated(
    baseline: dict[str, Any], figures: dict[str, float], present: dict[str, Any], lower: bool
) -> dict[str, Any]:
    """The baseline with floors raised to the figures; a lower floor only if `lower`. Raises ValueError otherwise."""
    floors = dict(baseline.get("floors", {}))
    for name in FIGURES:
        floor, old = round(figures[name] - MARGIN, 4), floors.get(name, 0.0)
        if figures[name] < old and not lower:
            fell = f"{name} fell to {figures[name]:.4f}, below its floor {old:.4f}"
            raise ValueError(f"{fell}: --allow-regression lowers it")
        floors[name] = floor if lower else max(floor, old)
    return {"conditions": present, "figures": {name: round(figures[name], 4) for name in FIGURES}, "floors": floors}


def test_floors_rise_and_do_not_fall_unasked() -> None:
    at = dict.fromkeys(FIGURES, 0.5)
    first = updated({}, at, {}, lower=False)
    assert first["floors"] == dict.fromkeys(FIGURES, 0.49)
    better = updated(first, at | {"f": 0.6}, {}, lower=False)
    assert better["floors"] == {"precision": 0.49, "recall_core": 0.49, "f": 0.59}
    assert updated(better, at | {"f": 0.595}, {}, lower=False)["floors"] == better["floors"]
    with pytest.raises(ValueError, match=r"f fell to 0\.5000"):
        updated(better, at, {}, lower=False)
    assert updated(better, at, {}, lower=True)["floors"]["f"] == 0.49


def main() -> int:
    """Print the figures; with --update write them down."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="raise the floors to the figures")
    parser.add_argument("--allow-regression", action="store_true", help="lower floors, too")
    options = parser.parse_args()
    figures, present = measured(), conditions()
    print(", ".join(f"{name} {value:.4f}" for name, value in figures.items()))
    if options.update:
        old = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
        try:
            new = updated(old, figures, present, options.allow_regression)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        BASELINE.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
