"""From a client's words to the relationship type in the graph, and the ids of links."""

import re
import uuid
from collections.abc import Iterator

import pytest
import uuid6

from app.domain import links as linking
from app.graph import cypher_files

TYPE_IN_CYPHER = re.compile(r"\[\w*:([A-Z_]+)\b")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("context_for", "CONTEXT_FOR"),
        ("Context For", "CONTEXT_FOR"),
        ("context-for!", "CONTEXT_FOR"),
        ("__a__b__", "A_B"),
        ("straße", "STRASSE"),
        ("führt zu", "FÜHRT_ZU"),
        ("связано с", "СВЯЗАНО_С"),
        ("मित्र", "मित्र"),
        ("関連", "関連"),
        ("ﬁnds", "FINDS"),
        ("step 2", "STEP_2"),
        ("2nd step", "LINK_2ND_STEP"),
        ("\u0301x", "LINK_\u0301X"),
        ("a\nb\x00c", "A_B_C"),
        ("a`]->() DETACH DELETE b", "A_DETACH_DELETE_B"),
    ],
)
def test_words_become_a_readable_type(words: str, expected: str):
    assert linking.graph_type(words) == expected


@pytest.mark.parametrize("words", ["-->", "   ", "!", "🦊", "`'\"", "_", "\x00"])
def test_words_without_a_letter_or_digit_become_the_stated_type(words: str):
    assert linking.graph_type(words) == "LINKED"


@pytest.mark.parametrize("words", ["in", "IN", "of", "opens", "superseded by", "part-of", "Member_Of"])
def test_words_that_would_be_one_of_our_types_get_a_prefix(words: str):
    found = linking.graph_type(words)
    assert found.startswith("LINK_")
    assert found not in linking.OWN_GRAPH_TYPES


def written_types() -> Iterator[str]:
    for file in cypher_files.read_all(cypher_files.default_directory()):
        yield from TYPE_IN_CYPHER.findall(cypher_files.without_comments(file.text))


def test_every_type_that_our_statements_name_is_kept_from_clients():
    assert set(written_types()) <= linking.OWN_GRAPH_TYPES
    assert {"IN", "OF", "OPENS", "SUPERSEDED_BY", "PART_OF"} <= set(written_types())


def test_the_id_of_a_link_is_a_uuid_that_begins_like_its_memorys():
    memory_id = str(uuid6.uuid7())
    ids = {linking.new_id(from_memory_id=memory_id, random=uuid.uuid4()) for _ in range(1000)}
    assert len(ids) == 1000
    for one in ids:
        assert str(uuid.UUID(one)) == one
        assert (uuid.UUID(one).version, uuid.UUID(one).variant) == (7, uuid.RFC_4122)
        assert memory_id.startswith(linking.locator(one))
        assert linking.may_be_id(one)
