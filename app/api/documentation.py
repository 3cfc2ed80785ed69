"""The description of the API: its OpenAPI document, and a page that shows it without any other host."""

from importlib import resources
from typing import Any, TypeAlias

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic_core import to_json
from starlette.responses import HTMLResponse

from app.api import documented, sending
from app.api.routing import OpenRoute
from app.api.schemas.problem import Problem
from app.errors import NotFound

router = APIRouter(route_class=OpenRoute, include_in_schema=False)

OpenApi: TypeAlias = dict[str, Any]
"""The framework's own type for the document."""

_DESCRIPTION = (
    "Memory for AI agents. Send the key as `Authorization: Bearer <key>`."
    " Every answer of status 400 and above is a problem in the form of RFC 9457."
)
_ASSETS_PACKAGE = "fastapi_offline"
"""Of this package only the viewer's files are used."""
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Loci API</title>
<link rel="stylesheet" href="docs/assets/swagger-ui.css">
<link rel="icon" type="image/png" href="docs/assets/favicon.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/assets/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null});
</script>
</body>
</html>
"""


def document(application: FastAPI) -> OpenApi:
    """The OpenAPI document of the application; made once and kept."""
    if application.openapi_schema is None:
        application.openapi_schema = _described(application)
    return application.openapi_schema


@router.get("/openapi.json")
async def read_openapi(request: Request) -> Response:
    """Serve the OpenAPI document."""
    return Response(to_json(document(request.app)), media_type="application/json")


@router.get("/docs")
async def read_docs() -> Response:
    """Serve the page that shows the document."""
    return HTMLResponse(_PAGE)


@router.get("/docs/assets/{name}")
async def read_asset(name: str) -> Response:
    """Serve a part of the page from the package that brings it. Raises: NotFound."""
    media_type = _ASSETS.get(name)
    if media_type is None:
        raise NotFound("The documentation has no such part")
    # Read here, since the framework's file answers refuse odd ranges in a form of their own.
    folder = resources.files(_ASSETS_PACKAGE) / "static"
    content = await anyio.to_thread.run_sync((folder / name).read_bytes)
    return Response(content, media_type=media_type, headers={"Cache-Control": "max-age=86400"})


def _described(application: FastAPI) -> OpenApi:
    made = get_openapi(
        title=application.title,
        version=application.version,
        description=_DESCRIPTION,
        routes=application.routes,
    )
    components = made["components"]
    components["schemas"]["Problem"] = Problem.model_json_schema(mode="serialization")
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for operations in made["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return made


def _complete(operation: OpenApi) -> None:
    if "401" in operation["responses"]:
        operation.setdefault("security", [{"bearer": []}])
    if any(one["name"] == sending.HEADER for one in operation.get("parameters", ())):
        refused = documented.problem_answers(422)[422]
        operation["responses"].setdefault("422", refused)
