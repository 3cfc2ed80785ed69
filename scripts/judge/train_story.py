"""Make `app/domain/judge/story.json` from updates of facts about people, and print how good it is.

Input: one JSON object a line with `facts`, `contradicting_fact` and `contradicted_fact_indices`. Every fact
of a set is also taken as an addition to the others of its set, which contradicts none. Needs scikit-learn.

    python scripts/judge/train_story.py FILE
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from app.domain.judge import story
from app.domain.judge.pairing import Pair
from app.domain.judge.reading import statement
from app.embedding import encoder, weights

TARGET = Path(__file__).parents[2] / "app/domain/judge/story.json"
THRESHOLDS = {"contradicts": 0.4, "is_target": 0.85}
"""Chosen by cross-validation: another fact superseded in at most one update of a hundred."""


class Rows(NamedTuple):
    """All candidates: features, label, set of facts, question, and whether that is an update."""

    features: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    questions: np.ndarray
    updates: np.ndarray


def main(path: str) -> None:
    """Train on the whole file, after telling how well training on four fifths does on the rest."""
    rows = gather([json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()])
    evaluate(rows)
    trained = {name: _described(_fit(rows, name), name) for name in THRESHOLDS}
    TARGET.write_text(json.dumps(trained, indent=1) + "\n", encoding="utf-8")


def gather(updates: Sequence[dict]) -> Rows:
    """All candidates of all updates, and of all facts as additions."""
    encoded = _encoded(updates)
    sets: dict[tuple[str, ...], int] = {}
    found: list[tuple[list[float], bool, int, int, bool]] = []
    for number, update in enumerate(updates):
        facts = update["facts"]
        group = sets.setdefault(tuple(facts), len(sets))
        targets = set(update["contradicted_fact_indices"])
        for at, row in enumerate(_rows(facts, update["contradicting_fact"], encoded)):
            found.append((row, at in targets, group, number, True))
    number = len(updates)
    for facts, group in sets.items():
        for left_out in range(len(facts)):
            others = [fact for at, fact in enumerate(facts) if at != left_out]
            found += [(row, False, group, number, False) for row in _rows(others, facts[left_out], encoded)]
            number += 1
    return Rows(*(np.array(column) for column in zip(*found, strict=True)))


def evaluate(rows: Rows) -> None:
    """Print how many updates found their target or another, and how many additions replaced a fact."""
    probability = {name: np.zeros(len(rows.labels)) for name in THRESHOLDS}
    for train, test in GroupKFold(5).split(rows.features, rows.labels, rows.groups):
        for name in THRESHOLDS:
            model = _fit(Rows(*(column[train] for column in rows)), name)
            probability[name][test] = model.predict_proba(rows.features[test])[:, 1]
    right = wrong = added = 0
    for question in np.unique(rows.questions):
        members = np.where(rows.questions == question)[0]
        best = members[np.argmax(probability["is_target"][members])]
        if all(probability[name][best] >= THRESHOLDS[name] for name in THRESHOLDS):
            right += rows.updates[best] and rows.labels[best]
            wrong += rows.updates[best] and not rows.labels[best]
            added += not rows.updates[best]
    updates = len(np.unique(rows.questions[rows.updates]))
    additions = len(np.unique(rows.questions[~rows.updates]))
    print(f"target {right / updates:.3f}, another {wrong / updates:.4f}, additions {added / additions:.4f}")


def _fit(rows: Rows, name: str) -> LogisticRegression:
    used = rows.updates if name == "is_target" else np.ones(len(rows.labels), dtype=bool)
    return LogisticRegression(C=1.0, max_iter=1000).fit(rows.features[used], rows.labels[used])


def _described(model: LogisticRegression, name: str) -> dict:
    return {
        "weights": [round(float(weight), 4) for weight in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 4),
        "threshold": THRESHOLDS[name],
    }


def _encoded(updates: Sequence[dict]) -> dict[str, np.ndarray]:
    texts = sorted({t for one in updates for t in (*one["facts"], one["contradicting_fact"])})
    return dict(zip(texts, encoder.load(weights.bundled()).encode(texts), strict=True))


def _rows(facts: Sequence[str], text: str, encoded: dict[str, np.ndarray]) -> list[list[float]]:
    pairs = [Pair(old=statement(fact), new=statement(text)) for fact in facts]
    return story.features(pairs, [float(encoded[fact] @ encoded[text]) for fact in facts])


if __name__ == "__main__":
    main(sys.argv[1])
