"""`loci keys`: make, list and end keys; works while the service runs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, TypeVar

import typer

from app import settings as settings_module
from app import wiring
from app.cli.console import ConsoleProgress
from app.domain.models import Tenant
from app.errors import NotFound
from app.services import Access

T = TypeVar("T")
app = typer.Typer(help="Make, list and end keys.", no_args_is_help=True)

_LINE = "{:<36}  {:<16}  {:<16}  {}"

TenantName = Annotated[str, typer.Option("--tenant", help="Name of the tenant.")]


@app.command("create")
def create(
    tenant: TenantName = "Default",
    label: Annotated[str, typer.Option(help="What the key is for.")] = "",
) -> None:
    """Print a new key, alone, on standard output. A tenant of that name is made if there is none."""
    typer.echo(_with_access(lambda access: _create(access, tenant, label)))


@app.command("list")
def list_keys(tenant: TenantName = "Default") -> None:
    """List the keys of a tenant; the keys themselves are not kept and cannot be shown."""
    for line in _with_access(lambda access: _lines(access, tenant)):
        typer.echo(line)


@app.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(help="Id of the key, from `loci keys list`.")],
    tenant: TenantName = "Default",
) -> None:
    """End a key of a tenant; programs that use it are refused within a second."""
    _with_access(lambda access: _revoke(access, key_id, tenant))
    typer.echo(f"revoked {key_id}", err=True)


async def _create(access: Access, tenant_name: str, label: str) -> str:
    tenant = await access.tenant_named(tenant_name)
    if tenant is None:
        typer.echo(f"made tenant {tenant_name}", err=True)
        return (await access.add_tenant(tenant_name, label=label)).api_key
    return (await access.add_key(tenant, label=label)).api_key


async def _lines(access: Access, tenant_name: str) -> list[str]:
    tenant = await _known_tenant(access, tenant_name)
    return [_LINE.format("id", "created", "last used", "label")] + [
        _LINE.format(key.id, _day(key.created_at), _day(key.last_used_at), key.label)
        for key in await access.keys_of(tenant)
    ]


def _day(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


async def _revoke(access: Access, key_id: str, tenant_name: str) -> None:
    tenant = await _known_tenant(access, tenant_name)
    ids = {key.id for key in await access.keys_of(tenant)}
    if key_id not in ids or not await access.remove_key(key_id):
        raise NotFound(
            f"{tenant.name} has no key {key_id}; `loci keys list --tenant {tenant.name}` shows the ids"
        )


async def _known_tenant(access: Access, name: str) -> Tenant:
    tenant = await access.tenant_named(name)
    if tenant is None:
        raise NotFound(f"There is no tenant {name}; `loci keys create --tenant {name}` makes it")
    return tenant


def _with_access(work: Callable[[Access], Awaitable[T]]) -> T:
    async def run() -> T:
        async with wiring.open_access(settings_module.load(), progress=ConsoleProgress()) as access:
            return await work(access)

    return asyncio.run(run())
