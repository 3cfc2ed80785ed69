"""What each saved query finds in a small world whose every answer is known."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, LiteralString, cast

import pytest

from app.cli import saved_queries
from app.domain.decay import DecayPolicy
from app.graph import cypher_files
from app.graph.store import GraphStore
from tests.integration.graph import explored
from tests.integration.graph.explored import World, ends, nodes, texts
from tests.raw_cypher import RawCypher
from tests.remembered import NOW

_SAVED = saved_queries.read_all(cypher_files.default_directory())
_ACTIVE = {"faro", "tea", "much tea", "bakery", "flour", "price", "oven", "nuts"}
_TALK = {"coffee", "oslo", "thanks"}
_SHARED = {"ann, shared", "bob, shared"}


class Explorer:
    """Somebody who runs saved queries by name."""

    def __init__(self, world: World, raw: RawCypher) -> None:
        self.world = world
        self._raw = raw

    async def ask(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        query = saved_queries.named(_SAVED, name)
        given = {"tenant": self.world.tenant.name, **parameters} if "tenant" in query.values else parameters
        return await self._raw.run(cast("LiteralString", query.text), **given)

    def texts_of(self, *names: str) -> list[str]:
        return sorted(self.world.memories[name].text for name in names)


@pytest.fixture(scope="module")
async def explorer(graph: GraphStore, raw: RawCypher) -> Explorer:
    world = await explored.build(graph, raw)
    await explored.build(graph, raw)
    return Explorer(world, raw)


def links_in(rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str, str]]:
    return {ends(row["path"], "text") for row in rows}


async def test_a_user_is_seen_with_what_agents_and_teams_hold_of_them(explorer: Explorer) -> None:
    rows = await explorer.ask("memories_of_user", user_id="ann")
    assert texts(rows, "path") == explorer.texts_of(*_ACTIVE, "ann, shared", "agent")
    assert {row["path"][0]["id"] for row in rows} == {"ann"}
    assert {row["path"][2]["kind"] for row in rows} == {"user", "team", "agent"}


async def test_an_agent_is_found_by_name_and_by_slug(explorer: Explorer) -> None:
    for agent in ("Scout", "scout"):
        rows = await explorer.ask("memories_of_agent", agent=agent)
        assert texts(rows, "path") == explorer.texts_of("agent")
        assert [row["user"][2]["id"] for row in rows] == ["ann"]


async def test_a_team_is_seen_author_by_author(explorer: Explorer) -> None:
    rows = await explorer.ask("memories_of_team", team="bakers")
    shared = {(row["author"][2]["id"], row["path"][-1]["text"]) for row in rows}
    assert shared == {("ann", "The oven is cleaned on Mondays"), ("bob", "Flour comes on Thursdays")}


async def test_members_stand_with_their_roles_beside_open_invitations(explorer: Explorer) -> None:
    rows = await explorer.ask("members_of_teams")
    joined = {(row["path"][2].get("email", row["path"][2]["id"]), row["path"][1]) for row in rows}
    assert joined == {("ann", "MEMBER_OF"), ("bob", "MEMBER_OF"), ("cleo@example.org", "TO")}


async def test_spaces_are_seen_with_their_memories(explorer: Explorer) -> None:
    rows = await explorer.ask("memories_of_spaces")
    found = [(row["path"][0]["name"], row["path"][-1]["text"]) for row in rows]
    assert found == [("errands", "A note for the errands"), ("recipes", "A note for the recipes")]


async def test_the_overview_joins_each_scope_with_its_owners(explorer: Explorer) -> None:
    rows = await explorer.ask("overview")
    owners = sorted((row["path"][2]["kind"], row["path"][3]) for row in rows)
    assert owners == [
        ("agent", "OF_AGENT"),
        ("agent", "OF_USER"),
        ("space", "OF_SPACE"),
        ("space", "OF_SPACE"),
        ("team", "OF_TEAM"),
        ("team", "OF_TEAM"),
        ("team", "OF_USER"),
        ("team", "OF_USER"),
        ("user", "OF_USER"),
        ("user", "OF_USER"),
    ]


async def test_changes_are_shown_latest_first(explorer: Explorer) -> None:
    rows = await explorer.ask("superseded")
    assert [ends(row["path"], "text") for row in rows] == [
        ("Lives in Lisbon", "SUPERSEDED_BY", "Lives in Faro"),
        ("Lives in Porto", "SUPERSEDED_BY", "Lives in Lisbon"),
    ]


@pytest.mark.parametrize("name", ["porto", "lisbon", "faro"])
async def test_the_history_is_the_same_from_wherever_it_is_asked(explorer: Explorer, name: str) -> None:
    (row,) = await explorer.ask("history_of_memory", memory_id=explorer.world.id(name))
    chain = [node["text"] for node in nodes(row["path"])]
    assert [*dict.fromkeys(chain)] == ["Lives in Porto", "Lives in Lisbon", "Lives in Faro"]


async def test_what_was_known_then_is_what_had_been_learnt_and_not_replaced(explorer: Explorer) -> None:
    rows = await explorer.ask("known_at", user_id="ann", moment=NOW - timedelta(days=15))
    assert texts(rows, "memory") == ["Lives in Lisbon"]
    today = await explorer.ask("known_at", user_id="ann", moment=NOW + timedelta(hours=1))
    assert texts(today, "memory") == explorer.texts_of("faro", "tea", "ann, shared", "agent")


async def test_the_last_stored_come_first(explorer: Explorer) -> None:
    rows = await explorer.ask("recently_stored")
    assert rows[0]["path"][0]["text"] == "Thanks, I will go there."
    assert texts(rows, "path") == explorer.texts_of(*_ACTIVE, *_SHARED, *_TALK, "agent", "recipes", "errands")


async def test_the_strongest_links_come_first_and_hidden_ends_not_at_all(explorer: Explorer) -> None:
    rows = await explorer.ask("strongest_links")
    assert [ends(row["path"], "text") for row in rows] == [
        ("Runs a bakery", "NEEDS", "Buys flour from the mill"),
        ("Runs a bakery", "NEEDS", "The oven heats unevenly"),
        ("The mill raises its prices", "RAISES_COST_OF", "Buys flour from the mill"),
        ("Likes green tea", "SERVED_IN", "Runs a bakery"),
    ]


async def test_types_of_links_are_counted_with_their_words(explorer: Explorer) -> None:
    assert await explorer.ask("link_types") == [
        {"type": "NEEDS", "links": 2, "mean_weight": 0.85, "words": ["Needs", "needs"]},
        {"type": "RAISES_COST_OF", "links": 1, "mean_weight": 0.7, "words": ["raises cost of"]},
        {"type": "SERVED_IN", "links": 1, "mean_weight": 0.6, "words": ["served in"]},
    ]


async def test_the_greatest_hub_comes_with_its_links(explorer: Explorer) -> None:
    rows = await explorer.ask("hubs")
    assert [row["links"] for row in rows] == [3, 3, 3, 2, 2, 1, 1, 1]
    around_first = {node["text"] for row in rows[:3] for node in nodes(row["path"])}
    assert around_first == set(explorer.texts_of("bakery", "flour", "oven", "tea"))


async def test_the_way_between_two_memories_goes_over_links_alone(explorer: Explorer) -> None:
    world = explorer.world
    (row,) = await explorer.ask("path_between", memory_id=world.id("tea"), other_id=world.id("price"))
    assert [node["text"] for node in nodes(row["path"])] == [
        "Likes green tea",
        "Runs a bakery",
        "Buys flour from the mill",
        "The mill raises its prices",
    ]
    assert await explorer.ask("path_between", memory_id=world.id("tea"), other_id=world.id("nuts")) == []


async def test_a_memory_is_seen_with_links_passages_and_owner(explorer: Explorer) -> None:
    rows = await explorer.ask("around_memory", memory_id=explorer.world.id("bakery"))
    kinds = sorted(part for row in rows for part in row["path"] if isinstance(part, str))
    assert kinds == ["IN", "IN", "NEEDS", "NEEDS", "OF", "OF_USER", "PART_OF", "SERVED_IN"]


async def test_a_turn_is_seen_between_its_neighbours_with_what_it_mentions(explorer: Explorer) -> None:
    rows = await explorer.ask("around_memory", memory_id=explorer.world.id("oslo"))
    kinds = sorted(part for row in rows for part in row["path"] if isinstance(part, str))
    assert kinds == ["IN", "IN", "MENTIONS", "MENTIONS", "NEXT", "NEXT", "OF", "OF_USER", "PART_OF"]


async def test_a_conversation_is_seen_in_order(explorer: Explorer) -> None:
    rows = await explorer.ask("conversation", conversation_id="monday")
    assert [row["turn"]["turn"] for row in rows] == [0, 1, 2]
    assert [row["path"] and ends(row["path"], "turn") for row in rows] == [
        (0, "NEXT", 1),
        (1, "NEXT", 2),
        None,
    ]


async def test_named_things_are_counted_with_the_memories_that_are_found(explorer: Explorer) -> None:
    rows = await explorer.ask("named_things")
    assert [(row["entity"]["name"], row["mentions"], row["about"], row["listed"]) for row in rows] == [
        ("Fuglen", 2, 1, 1),
        ("Faro", 1, 0, 0),
        ("Oslo", 1, 0, 0),
    ]
    assert [row["scope"] for row in rows] == [
        "dan · user · default",
        "ann · user · default",
        "dan · user · default",
    ]


@pytest.mark.parametrize("thing", ["Fuglen", "fuglen"])
async def test_a_named_thing_is_seen_with_who_mentions_it_and_what_else(
    explorer: Explorer, thing: str
) -> None:
    rows = await explorer.ask("around_thing", thing=thing)
    assert texts(rows, "path") == explorer.texts_of("oslo", "thanks")
    others = [path[-1]["name"] for row in rows for path in row["others"]]
    assert others == ["Oslo"]


async def test_memories_hang_together_over_turns_and_things_too(explorer: Explorer) -> None:
    world = explorer.world
    pairs = (("coffee", "thanks"), ("oslo", "thanks"), ("tea", "flour"), ("tea", "nuts"))
    ways = [
        [
            [part for part in row["path"] if isinstance(part, str)]
            for row in await explorer.ask("connections", memory_id=world.id(one), other_id=world.id(other))
        ]
        for one, other in pairs
    ]
    assert ways == [[["NEXT", "NEXT"]], [["NEXT"]], [["SERVED_IN", "NEEDS"]], []]


async def test_orphans_have_neither_links_nor_history(explorer: Explorer) -> None:
    rows = await explorer.ask("unlinked")
    alone = ("much tea", "nuts", "agent", "recipes", "errands")
    assert texts(rows, "path") == explorer.texts_of(*alone, *_SHARED)


async def test_what_fades_soon_is_what_the_service_computes(explorer: Explorer) -> None:
    # Importance 0.5 halves in 5 days and is a tenth after 16.61; 0.2 is one after 6.64 and long below.
    now = explorer.world.memories["oven"].refreshed_at + timedelta(days=12)
    (row,) = await explorer.ask("fading_soon", now=now, days=5)
    assert row["memory"]["text"] == "The oven heats unevenly"
    assert row["decay"] == round(DecayPolicy().at(importance=0.5, age_days=12), 4)
    assert DecayPolicy().at(importance=0.5, age_days=12 + row["days_left"]) == pytest.approx(0.1, abs=1e-3)


async def test_what_is_nearest_in_meaning_may_be_near_by_a_passage(explorer: Explorer) -> None:
    rows = await explorer.ask("near_memory", memory_id=explorer.world.id("flour"))
    assert (rows[0]["near"]["text"], rows[0]["cosine"]) == ("Runs a bakery", 0.9)
    assert texts(rows, "near") == explorer.texts_of(*(_ACTIVE - {"flour"}))


async def test_pairs_that_say_the_same_are_found_once(explorer: Explorer) -> None:
    (row,) = await explorer.ask("near_duplicates", user_id="ann", least_cosine=0.8)
    assert (row["older"]["text"], row["newer"]["text"]) == ("Likes green tea", "Likes green tea very much")
    assert row["cosine"] == 0.95


async def test_words_are_found_in_memories_and_their_passages(explorer: Explorer) -> None:
    rows = await explorer.ask("find_words", words="tea OR barley")
    assert texts(rows, "memory") == explorer.texts_of("tea", "much tea", "bakery")
    said = await explorer.ask("find_words", words="coffee")
    assert texts(said, "memory") == explorer.texts_of("coffee")
    phrase = await explorer.ask("find_words", words='"green tea very"')
    assert texts(phrase, "memory") == explorer.texts_of("much tea")


async def test_scopes_are_counted_by_status(explorer: Explorer) -> None:
    columns = ("kind", "user_id", "belongs_to", "active", "superseded", "deleted")
    first, *others = [tuple(row[name] for name in columns) for row in await explorer.ask("counts_by_scope")]
    assert first == ("user", "ann", None, 8, 2, 1)
    assert set(others) == {
        ("user", "dan", None, 3, 0, 0),
        ("agent", "ann", "Scout", 1, 0, 0),
        ("team", "ann", "The bakers", 1, 0, 0),
        ("team", "bob", "The bakers", 1, 0, 0),
        ("space", None, "recipes", 1, 0, 0),
        ("space", None, "errands", 1, 0, 0),
    }


async def test_the_schema_picture_names_what_is_stored(explorer: Explorer) -> None:
    (row,) = await explorer.ask("schema")
    assert {"Memory", "Scope", "User", "Agent", "Team", "Space"} <= {node["name"] for node in row["nodes"]}
    joined = {(start["name"], kind, end["name"]) for start, kind, end in row["relationships"]}
    assert {("Memory", "IN", "Scope"), ("Memory", "SUPERSEDED_BY", "Memory")} <= joined


async def test_keys_are_shown_by_label_and_without_what_they_are_made_of(explorer: Explorer) -> None:
    rows = await explorer.ask("keys_and_tenants")
    (row,) = [row for row in rows if row["tenant"] == explorer.world.tenant.name]
    assert (row["key"], row["last_used_at"]) == ("laptop", None)
    assert "digest" not in str(rows)
