"""Sizes and names that ruff has no rule for."""

import ast
import re

from tests.architecture import source

LONGEST_FUNCTION_LINES = 40
LONGEST_FILE_LINES = 300
BANNED_WORDS = frozenset(
    "utils util helpers helper common misc base core manager handler processor engine".split()
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def banned_words_in(name: str) -> set[str]:
    """Banned words among the words of a snake_case or CamelCase name."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {word.lower() for word in words} & BANNED_WORDS


def test_no_function_is_longer_than_the_limit():
    too_long = [
        f"{source.shown(path)}:{node.lineno} {node.name} has {source.lines_of(node)} lines"
        for path in source.python_files()
        for node in source.nodes(path)
        if isinstance(node, FUNCTIONS) and source.lines_of(node) > LONGEST_FUNCTION_LINES
    ]
    assert too_long == []


def test_no_file_is_longer_than_the_limit():
    lengths = {
        source.shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in source.python_files()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE_LINES} == {}


def test_no_module_is_named_after_nothing():
    names = {source.shown(path): banned_words_in(path.stem) for path in source.python_files("app")}
    assert {path: words for path, words in names.items() if words} == {}


def test_no_class_is_named_after_nothing():
    named = [
        f"{source.shown(path)}:{node.lineno} {node.name}"
        for path in source.python_files("app")
        for node in source.nodes(path)
        if isinstance(node, ast.ClassDef) and banned_words_in(node.name)
    ]
    assert named == []


def test_the_search_for_banned_words_finds_them():
    assert banned_words_in("MemoryManager") == {"manager"}
    assert banned_words_in("http_utils") == {"utils"}
    assert banned_words_in("database") == set()
