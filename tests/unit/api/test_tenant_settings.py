"""The routes of a tenant's settings."""

import pytest

from tests.unit.api.edge import assert_problem, opened


async def test_contradicted_memories_are_replaced_unless_the_tenant_says_otherwise() -> None:
    async with opened() as client:
        answer = await client.get("/v1/settings")
    assert (answer.status_code, answer.json()) == (200, {"on_conflict": "replace"})


@pytest.mark.parametrize("wanted", ["keep", "ask", "replace"])
async def test_a_changed_setting_is_kept(wanted: str) -> None:
    async with opened() as client:
        changed = await client.patch("/v1/settings", json={"on_conflict": wanted, "other": 1})
        read = await client.get("/v1/settings")
    assert changed.status_code == 200
    assert changed.json() == read.json() == {"on_conflict": wanted}


@pytest.mark.parametrize("body", [{"on_conflict": "never"}, {"on_conflict": 1}, {"on_conflict": ["keep"]}])
async def test_other_values_are_refused_by_name(body: dict[str, object]) -> None:
    async with opened() as client:
        answer = await client.patch("/v1/settings", json=body)
        read = await client.get("/v1/settings")
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert isinstance(fields, dict)
    assert {"on_conflict"} == fields.keys()
    assert read.json() == {"on_conflict": "replace"}


@pytest.mark.parametrize("body", [{}, {"on_conflict": None}])
async def test_a_change_of_nothing_is_refused(body: dict[str, object]) -> None:
    async with opened() as client:
        answer = await client.patch("/v1/settings", json=body)
    assert_problem(answer, status=400, code="validation_error")


async def test_settings_need_a_key() -> None:
    async with opened() as client:
        for method in ("GET", "PATCH"):
            answer = await client.request(method, "/v1/settings", headers={"Authorization": ""})
            assert_problem(answer, status=401, code="unauthorized")
