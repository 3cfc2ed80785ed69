"""Many links in one write: each has its own outcome."""

from app.domain.links import Link
from app.domain.models import Scope
from app.errors import Conflict, InvalidInput, NotFound
from tests.conftest import Stores
from tests.contract.test_store_links import MOST, link_between, query, stored
from tests.remembered import memory


async def test_a_refused_link_does_not_touch_the_others(stores: Stores, scope: Scope) -> None:
    a, b, c = await stored(stores, scope, "a", "b", "c")
    links = [
        link_between(a, b),
        link_between(a, memory(scope)),
        link_between(a, b, weight=0.5),
        link_between(b, c),
    ]
    outcomes = await stores.links.create_many(links, tenant_id=scope.tenant_id, most_graph_types=MOST)
    assert [type(one) for one in outcomes] == [Link, NotFound, Conflict, Link]
    conflict = outcomes[2]
    assert isinstance(conflict, Conflict)
    assert conflict.existing_id == links[0].id
    found = await stores.links.around(query(scope, b))
    assert {one.id for one in found.links} == {links[0].id, links[3].id}


async def test_types_beyond_the_limit_are_refused_one_by_one(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    known = link_between(a, b, f"known {scope.id}")
    await stores.links.create(known, tenant_id=scope.tenant_id, most_graph_types=MOST)
    links = [link_between(a, b, f"unknown {scope.id}"), link_between(b, a, f"known {scope.id}")]
    outcomes = await stores.links.create_many(links, tenant_id=scope.tenant_id, most_graph_types=1)
    assert [type(one) for one in outcomes] == [InvalidInput, Link]


async def test_no_link_is_no_write(stores: Stores, scope: Scope) -> None:
    assert await stores.links.create_many([], tenant_id=scope.tenant_id, most_graph_types=MOST) == []
