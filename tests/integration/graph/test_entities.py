"""Named things in the graph: who is joined with what, whichever came first."""

import itertools
from collections.abc import AsyncGenerator, Sequence

import pytest

from app.domain import scope as scopes
from app.domain.models import MemoryStatus, Scope
from app.graph.config import GraphConfig
from app.graph.driver import Database
from app.graph.store import GraphStore
from tests import remembered
from tests.integration.graph import naming
from tests.integration.graph.naming import Names, told
from tests.raw_cypher import RawCypher


@pytest.fixture(scope="module")
async def opened(graph: GraphStore, graph_config: GraphConfig) -> AsyncGenerator[Database]:
    async with naming.opened(graph_config) as database:
        yield database


@pytest.fixture
def names(opened: Database, raw: RawCypher, tenant_id: str) -> Names:
    return Names(opened, raw, tenant_id=tenant_id)


async def test_a_title_and_given_names_become_things(names: Names, scope: Scope) -> None:
    await names.store(scope, told(scope, "A film of 1994.", title="Ed Wood (film)", given=["Tim Burton"]))
    assert await names.mentions() == {
        ("ed wood", "A film of 1994.", "title"),
        ("tim burton", "A film of 1994.", "given"),
    }


async def test_the_first_spelling_of_a_name_stays(names: Names, scope: Scope, raw: RawCypher) -> None:
    for name in ("Ed Wood (film)", "ED WOOD"):
        await names.store(scope, told(scope, name, given=[name]))
    rows = await raw.run("MATCH (one:Entity {tenant_id: $id}) RETURN one.name AS name", id=scope.tenant_id)
    assert rows == [{"name": "Ed Wood (film)"}]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ed Wood (film)", "He saw ed wood’s last film."),
        ("Oslo", "Moved to Oslo."),
        ("The Lord of the Rings", "We read the Lord of the Rings aloud."),
        ("O'Neill", "Met O'Neill."),
        ("AC/DC", "They play AC/DC all day."),
        ("東京塔", "去年去了東京塔參觀"),
        ("東京タワー", "昨日東京タワーマンションに行った"),
        ("서울", "김철수가 서울에서 살아요"),
        ("กรุงเทพ", "ผมอยู่กรุงเทพมหานครมานาน"),
        ("हिन्दी", "वह हिन्दी बोलता है"),
        ("Łódź", "Born in Łódź in May."),
        ("Straße des 17. Juni", "Near the STRASSE DES 17. JUNI it rains."),
        ("ＮＨＫ", "ＮＨＫを見た"),
        ("NEAR AND (far) OR *", "It is near and far or so"),
    ],
)
async def test_a_mention_is_found_whichever_comes_first(
    names: Names, tenant_id: str, title: str, text: str
) -> None:
    for titled_first in (True, False):
        scope = remembered.scope_of(f"{tenant_id}-{titled_first}")
        alone = names.of(scope.tenant_id)
        for titled in (titled_first, not titled_first):
            one = told(scope, "About it.", title=title) if titled else told(scope, text)
            await alone.store(scope, one)
        mentions = await alone.mentions()
        assert {(of, role) for _, of, role in mentions} == {("About it.", "title"), (text, "text")}


async def test_what_comes_together_is_joined_too(names: Names, scope: Scope) -> None:
    first = told(scope, "He made Big Fish.", title="Tim Burton")
    await names.store(scope, first, told(scope, "By Tim Burton.", title="Big Fish"))
    assert await names.mentions() == {
        ("tim burton", "He made Big Fish.", "title"),
        ("big fish", "He made Big Fish.", "text"),
        ("big fish", "By Tim Burton.", "title"),
        ("tim burton", "By Tim Burton.", "text"),
    }


@pytest.mark.parametrize(
    ("name", "text"), [("Bloom", "Roses bloom"), ("rose", "Rose came"), ("Rose", "ROSES")]
)
async def test_one_word_of_another_case_or_ending_is_not_the_name(
    names: Names, scope: Scope, name: str, text: str
) -> None:
    await names.store(scope, told(scope, text))
    await names.store(scope, told(scope, "About it", title=name), told(scope, f"{text} again"))
    await names.store(scope, told(scope, f"{text} at last"))
    assert await names.mentions() == {(name.lower(), "About it", "title")}


async def test_the_strongest_role_is_kept(names: Names, scope: Scope) -> None:
    one = told(scope, "Big Fish and Tim Burton", title="Big Fish", given=["Big Fish", "Tim Burton"])
    await names.store(scope, one)
    assert await names.mentions() == {
        ("big fish", "Big Fish and Tim Burton", "title"),
        ("tim burton", "Big Fish and Tim Burton", "given"),
    }


@pytest.mark.parametrize("name", ["", "The", "x", "…", "(", "who is it", "🥐", "京"])
async def test_what_is_no_name_becomes_no_thing(names: Names, scope: Scope, name: str) -> None:
    await names.store(scope, told(scope, "Some text", title=name, given=[name]))
    assert await names.mentions() == set()


async def test_long_names_become_things_and_are_not_looked_for(names: Names, scope: Scope) -> None:
    title = "What we said of the weather and the harvest"
    await names.store(scope, told(scope, f"It was called {title}"))
    await names.store(scope, told(scope, "About it", title=title), told(scope, f"So: {title}"))
    assert await names.mentions() == {(title.lower(), "About it", "title")}


async def test_a_repeated_transaction_changes_nothing(names: Names, scope: Scope) -> None:
    await names.store(scope, told(scope, "In Oslo with Tim Burton"))
    group = [told(scope, "A town", title="Oslo", given=["Norway"]), told(scope, "Oslo in winter")]
    await names.store(scope, *group)
    before = await names.mentions()
    assert ("oslo", "In Oslo with Tim Burton", "text") in before
    await names.store(scope, *group)
    assert await names.mentions() == before


async def test_scopes_and_tenants_share_no_things(names: Names) -> None:
    others = names.of(f"other-{names.tenant_id}")
    ann, bob = (remembered.scope_of(names.tenant_id, user_id=user) for user in ("ann", "bob"))
    foreign = remembered.scope_of(others.tenant_id)
    await names.store(ann, told(ann, "A town", title="Oslo"))
    for scope in (bob, foreign):
        await names.store(scope, told(scope, "In Oslo"))
    assert await others.mentions() == set()
    assert await names.mentions() == {("oslo", "A town", "title")}
    await names.store(bob, told(bob, "Lake", given=["Oslo"]))
    assert await names.scopes() == {("oslo", ann.id), ("oslo", bob.id)}
    assert await names.mentions() == {
        ("oslo", "A town", "title"),
        ("oslo", "In Oslo", "text"),
        ("oslo", "Lake", "given"),
    }


async def test_one_group_of_several_scopes_is_joined_scope_by_scope(names: Names, tenant_id: str) -> None:
    ann, bob = (remembered.scope_of(tenant_id, user_id=user) for user in ("ann", "bob"))
    await names.store(bob, told(bob, "A lake", title="Mjøsa"))
    await names.store(ann, told(ann, "Nothing"))
    await names.store(ann, told(ann, "At Mjøsa in Oslo", title="Oslo"), told(bob, "By Mjøsa, far from Oslo"))
    assert await names.mentions() == {
        ("mjøsa", "A lake", "title"),
        ("mjøsa", "By Mjøsa, far from Oslo", "text"),
        ("oslo", "At Mjøsa in Oslo", "title"),
    }


async def test_memories_of_spaces_name_nothing(names: Names, tenant_id: str, raw: RawCypher) -> None:
    await raw.run("CREATE (:Space {tenant_id: $id, id: $id, name: $id})", id=tenant_id)
    space = scopes.space_scope(tenant_id=tenant_id, space_id=tenant_id)
    await names.store(space, told(space, "A town", title="Oslo", given=["Norway"]))
    assert await names.mentions() == set()


async def test_history_mentions_and_deleted_memories_do_not(
    names: Names, scope: Scope, raw: RawCypher
) -> None:
    kept = [told(scope, f"{status} in Oslo") for status in MemoryStatus]
    await names.store(scope, *kept)
    for one, status in zip(kept, MemoryStatus, strict=True):
        await raw.run(
            "MATCH (one:Memory {id: $id}) SET one.status = $status", id=one.memory.id, status=status.value
        )
    await names.store(scope, told(scope, "A town", title="Oslo"))
    assert await names.mentions() == {
        ("oslo", "A town", "title"),
        ("oslo", "active in Oslo", "text"),
        ("oslo", "superseded in Oslo", "text"),
    }


async def test_more_names_than_are_read_at_once_are_looked_up(names: Names, scope: Scope) -> None:
    many = [f"Town {number}" for number in range(300)]
    for part in (many[:150], many[150:]):
        await names.store(scope, told(scope, f"{len(part)} from {part[0]}", given=part))
    await names.store(scope, told(scope, "To Town 299", title="Town 7"))
    mentions = await names.mentions()
    assert {one for one in mentions if one[1] == "To Town 299"} == {
        ("town 7", "To Town 299", "title"),
        ("town 299", "To Town 299", "text"),
    }


async def test_a_moved_memory_is_named_where_it_lies(names: Names, tenant_id: str) -> None:
    ann, bob = (remembered.scope_of(tenant_id, user_id=user) for user in ("ann", "bob"))
    moved = told(ann, "Oslo lies in Norway, by Mjøsa", title="Oslo", given=["Norway"])
    await names.store(ann, moved, told(ann, "Left for Mjøsa", given=["Mjøsa"]))
    await names.store(bob, told(bob, "Likes Oslo"), told(bob, "A lake", title="Mjøsa"))
    await names.move(moved.memory, to=bob)
    assert await names.scopes() == {
        ("norway", bob.id),
        ("oslo", bob.id),
        ("mjøsa", ann.id),
        ("mjøsa", bob.id),
    }
    assert await names.mentions() == {
        ("oslo", moved.memory.text, "title"),
        ("norway", moved.memory.text, "given"),
        ("mjøsa", moved.memory.text, "text"),
        ("oslo", "Likes Oslo", "text"),
        ("mjøsa", "A lake", "title"),
        ("mjøsa", "Left for Mjøsa", "given"),
    }


async def test_things_go_along_when_a_team_is_deleted(names: Names, tenant_id: str, raw: RawCypher) -> None:
    await raw.run("CREATE (:Tenant {id: $id, name: $id, name_key: $id})", id=tenant_id)
    team_id = await raw.add_team(tenant_id)
    private = remembered.scope_of(tenant_id)
    shared = scopes.team_scope(
        tenant_id=tenant_id, team_id=team_id, user_id=private.user_id, namespace=private.namespace
    )
    await names.store(shared, told(shared, "A town", title="Oslo", given=["Norway"]), told(shared, "In Oslo"))
    await names.store(private, told(private, "Capital", given=["OSLO"]))
    before = await names.mentions()
    await names.remove_team(team_id)
    assert await names.mentions() == before
    assert await names.scopes() == {("oslo", private.id), ("norway", private.id)}


async def test_the_order_of_arrival_does_not_matter(names: Names, tenant_id: str) -> None:
    facts: Sequence[tuple[str, str]] = (
        ("By Tim Burton", "Big Fish"),
        ("Made Big Fish", "Tim Burton"),
        ("Tim Burton", ""),
    )
    seen: list[set[tuple[str, str | None, str | None]]] = []
    for number, order in enumerate(itertools.permutations(facts)):
        scope = remembered.scope_of(f"{tenant_id}-{number}")
        alone = names.of(scope.tenant_id)
        for text, title in order:
            await alone.store(scope, told(scope, text, title=title))
        seen.append(await alone.mentions())
    assert all(one == seen[0] for one in seen)
    assert len(seen[0]) == 5
