"""Fits the curve that turns cosines into scores; `docs/calibration.md` explains what comes out.

    uv run python scripts/calibration.py [--data DIR] [--write]

Without `--data` the pairs beside this script are all there is. DIR may hold question sets with their answers
marked: `hotpotqa-100.json`, `musique-100.json`, `locomo-dev.json`, in the forms they are published in.
"""

import argparse
import json
import random
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from app.domain.calibration import Curve
from app.embedding import encoder, weights

_HERE = Path(__file__).parent
_CURVES = _HERE.parent / "app" / "embedding" / "curves"
_SEED = 4
_OTHERS_PER_QUESTION = 5

_RELATED_FROM = (0.25, 0.345)
_STRONG_FROM = (0.36, 0.42)
"""Where 0.6 and 0.8 may lie: the required examples leave no more room, less a margin of 0.013."""

Pair: TypeAlias = tuple[str, str]
Cosines: TypeAlias = Mapping[str, "np.ndarray[Any, np.dtype[np.float64]]"]
"""By kind of pair: `<source> strong`, `<source> related`, `<source> gold`, `<source> unrelated`."""


def own_pairs() -> Iterator[tuple[str, Pair]]:
    """The pairs written for this purpose, and every strong query beside every other memory."""
    entries = json.loads((_HERE / "calibration_pairs.json").read_text(encoding="utf-8"))
    for entry in entries:
        for match in ("strong", "related", "unrelated"):
            yield from ((f"own {match}", (query, entry["memory"])) for query in entry[match])
        for other in entries:
            if other is not entry:
                yield from (("others unrelated", (query, other["memory"])) for query in entry["strong"])


def hotpotqa(data: Path, choose: random.Random) -> Iterator[tuple[str, Pair]]:
    """Questions beside the paragraphs that answer them and some that do not."""
    for item in json.loads((data / "hotpotqa-100.json").read_text(encoding="utf-8")):
        gold = {title for title, _ in item["supporting_facts"]}
        paragraphs = {title: "".join(sentences) for title, sentences in item["context"]}
        yield from (("hotpotqa gold", (item["question"], paragraphs[title])) for title in sorted(gold))
        others = sorted(set(paragraphs) - gold)
        for title in choose.sample(others, min(_OTHERS_PER_QUESTION, len(others))):
            yield "hotpotqa unrelated", (item["question"], paragraphs[title])


def musique(data: Path, choose: random.Random) -> Iterator[tuple[str, Pair]]:
    """The same for questions of two to four steps."""
    for item in json.loads((data / "musique-100.json").read_text(encoding="utf-8")):
        others = [one for one in item["paragraphs"] if not one["is_supporting"]]
        for one in item["paragraphs"]:
            if one["is_supporting"]:
                yield "musique gold", (item["question"], one["paragraph_text"])
        for one in choose.sample(others, min(_OTHERS_PER_QUESTION, len(others))):
            yield "musique unrelated", (item["question"], one["paragraph_text"])


def locomo(data: Path, choose: random.Random) -> Iterator[tuple[str, Pair]]:
    """Questions about a conversation beside the turns that answer them and turns that do not."""
    for item in json.loads((data / "locomo-dev.json").read_text(encoding="utf-8")):
        sessions = [
            turns for name, turns in item["conversation"].items() if re.fullmatch(r"session_\d+", name)
        ]
        said = {turn["dia_id"]: f"{turn['speaker']}: {turn['text']}" for turns in sessions for turn in turns}
        for qa in item["qa"]:
            gold = [one for one in qa["evidence"] if one in said]
            others = sorted(set(said) - set(gold))
            yield from (("locomo gold", (qa["question"], said[one])) for one in gold)
            for one in choose.sample(others, _OTHERS_PER_QUESTION if gold else 0):
                yield "locomo unrelated", (qa["question"], said[one])


def cosines(pairs: Sequence[tuple[str, Pair]]) -> Cosines:
    """The cosines of all pairs by their kind."""
    model = encoder.load(weights.bundled())
    texts = sorted({text for _, pair in pairs for text in pair})
    row = dict(zip(texts, model.encode(texts), strict=True))
    found: dict[str, list[float]] = {}
    for kind, (query, memory) in pairs:
        found.setdefault(kind, []).append(float(row[query] @ row[memory]))
    return {kind: np.array(values) for kind, values in found.items()}


def threshold(found: Cosines, *, above: Callable[[str], bool], within: tuple[float, float]) -> float:
    """The cosine that best parts the kinds that belong above from the others; every kind weighs the same."""
    high = [values for kind, values in found.items() if above(kind)]
    low = [values for kind, values in found.items() if not above(kind)]

    def rightly_parted(at: float) -> float:
        kept = np.mean([np.mean(values >= at) for values in high])
        return float(kept + np.mean([np.mean(values < at) for values in low]))

    best = max(np.arange(0.0, 0.8, 0.005), key=rightly_parted)
    print(f"best parted at {best:.3f}, allowed {within[0]} to {within[1]}")
    return float(np.clip(best, *within))


def fitted(found: Cosines) -> Curve:
    """Knots where related and strong matches begin, and in the middle of what lies beyond them."""
    own = {kind: values for kind, values in found.items() if kind.startswith("own ")}
    related = threshold(found, above=lambda kind: not kind.endswith("unrelated"), within=_RELATED_FROM)
    strong = threshold(own, above=lambda kind: kind.endswith("strong"), within=_STRONG_FROM)
    unrelated_middle = float(np.median(found["own unrelated"]))
    strong_middle = float(np.median(found["own strong"]))
    knots = [(unrelated_middle, 0.3), (related, 0.6), (strong, 0.8), (strong_middle, 0.9)]
    return Curve(knots=((-1.0, 0.0), *((round(at, 3), score) for at, score in knots), (1.0, 1.0)))


def report(found: Cosines, curve: Curve) -> None:
    """How the pairs of each kind score."""
    print(
        "\n| pairs | number | 10 % | median | 90 % | above 0.6 | above 0.8 |\n|---|---|---|---|---|---|---|"
    )
    for kind, values in sorted(found.items()):
        scores = np.array([curve.score(value) for value in values])
        low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
        print(
            f"| {kind} | {len(values)} | {low:.3f} | {middle:.3f} | {high:.3f} "
            f"| {np.mean(scores > 0.6):.0%} | {np.mean(scores > 0.8):.0%} |"
        )
    print("\nknots:", curve.knots)


def main() -> None:
    """Fit, show, and write the curve where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--data", type=Path, help="a folder with question sets")
    arguments.add_argument("--write", action="store_true", help="write the curve that the service loads")
    given = arguments.parse_args()
    pairs = list(own_pairs())
    if given.data:
        for read in (hotpotqa, musique, locomo):
            pairs += read(given.data, random.Random(_SEED))  # noqa: S311  # a choice that can be repeated
    found = cosines(pairs)
    curve = fitted(found)
    report(found, curve)
    if given.write:
        document = {"model": weights.BUNDLED_NAME, "knots": curve.knots}
        file = _CURVES / f"{weights.BUNDLED_NAME.rpartition('/')[2]}.json"
        file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
