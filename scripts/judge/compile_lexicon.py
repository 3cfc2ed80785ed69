"""Make `app/domain/judge/lexicon.tsv.gz` from a checkout of the Open English WordNet (CC BY 4.0).

    python scripts/judge/compile_lexicon.py CHECKOUT

Kept: single words, their four most frequent senses of each part of speech, what these are kinds of, words
made from them, opposites, and irregular forms. Examples, definitions and rarer senses are left out.
"""

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TARGET = Path(__file__).parents[2] / "app/domain/judge/lexicon.tsv.gz"
MOST_SENSES = 4
LONGEST_WORD = 20
PLAIN = re.compile(r"^[a-z][a-z'-]*$")

Entry = dict[str, Any]


class Synset(NamedTuple):
    """One sense: the lexicographer's file it is in, and the senses above or next to it."""

    kind: str
    above: list[str]


def main(checkout: str) -> None:
    """Read everything, keep what is needed, and write it in a stable order."""
    folder = Path(checkout) / "src/yaml"
    entries = _entries(folder)
    synsets = _synsets(folder)
    words = {word: entry for word, entry in sorted(entries.items()) if _is_kept(word)}
    used = _used(words, synsets)
    number = {sense: at for at, sense in enumerate(used)}
    kinds = sorted({synsets[sense].kind for sense in used})
    lines = ["# lexnames " + " ".join(kinds)]
    lines += [_synset_line(synsets[sense], kinds, number) for sense in used]
    lines += ["# words", *_word_lines(words, entries, number), "# forms", *sorted(set(_forms(words)))]
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(words)} words, {len(used)} senses, {TARGET.stat().st_size} bytes")


def _is_kept(word: str) -> bool:
    return bool(PLAIN.match(word)) and len(word) <= LONGEST_WORD


def _entries(folder: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("entries-*.yaml")):
        for word, entry in (_read(path) or {}).items():
            kept = word if PLAIN.match(word) else word.lower()
            if word == kept or kept not in found:
                found[kept] = entry
    return found


def _synsets(folder: Path) -> dict[str, Synset]:
    found: dict[str, Synset] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem.startswith("entries") or path.stem == "frames":
            continue
        for sense, data in _read(path).items():
            above = [
                sense for key in ("hypernym", "instance_hypernym", "similar") for sense in data.get(key, [])
            ]
            found[sense] = Synset(path.stem, above)
    return found


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _senses(entry: Entry, part: str) -> list[dict[str, Any]]:
    return entry[part].get("sense", [])[:MOST_SENSES]


def _used(words: dict[str, Entry], synsets: dict[str, Synset]) -> list[str]:
    used: set[str] = set()
    todo = [sense["synset"] for entry in words.values() for part in entry for sense in _senses(entry, part)]
    while todo:
        sense = todo.pop()
        if sense not in used:
            used.add(sense)
            todo.extend(synsets[sense].above)
    return sorted(used)


def _synset_line(one: Synset, kinds: list[str], number: dict[str, int]) -> str:
    return f"{kinds.index(one.kind)}:" + ",".join(str(number[sense]) for sense in one.above)


def _word_lines(words: dict[str, Entry], entries: dict[str, Entry], number: dict[str, int]) -> Iterator[str]:
    word_of = {
        sense["id"]: word
        for word, entry in entries.items()
        for part in entry
        for sense in entry[part].get("sense", [])
    }
    for word, entry in words.items():
        parts = [
            f"{part[0].replace('s', 'a')}:" + ",".join(str(number[s["synset"]]) for s in _senses(entry, part))
            for part in sorted(entry)
        ]
        derived = _linked(entry, word_of, ("derivation", "pertainym")) - {word}
        opposite = _linked(entry, word_of, ("antonym",))
        yield "\t".join([word, ";".join(parts), ",".join(sorted(derived)), ",".join(sorted(opposite))])


def _linked(entry: Entry, word_of: dict[str, str], relations: tuple[str, ...]) -> set[str]:
    targets = (t for part in entry for s in _senses(entry, part) for key in relations for t in s.get(key, []))
    return {word_of[target] for target in targets if PLAIN.match(word_of.get(target, ""))}


def _forms(words: dict[str, Entry]) -> Iterator[str]:
    for word, entry in words.items():
        for part in entry:
            for form in entry[part].get("form", []):
                if PLAIN.match(form):
                    yield f"{form}\t{part[0].replace('s', 'a')}\t{word}"


if __name__ == "__main__":
    main(sys.argv[1])
