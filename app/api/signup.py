"""The route by which strangers get a tenant of their own, where the operator allows it."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response

from app.api import answers, documented, settled
from app.api.deps import InServices
from app.api.routing import OpenRoute
from app.api.schemas.signup import SignupCreate, SignupRead


class SignupRoute(OpenRoute):
    """A route that is not there while signup is off."""

    async def handle_checked(
        self, request: Request, handle: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response:
        """Keep strangers out before anything of the request is looked at. Raises: NotFound."""
        settled.services(request).signup.refuse_if_closed()
        return await super().handle_checked(request, handle)


router = APIRouter(route_class=SignupRoute, responses=documented.OPEN, tags=["Operation"])


@router.post(
    "/v1/signup",
    status_code=201,
    response_model=SignupRead,
    response_description="A new tenant is made.",
    responses=documented.problem_answers(404, 409, 429),
)
async def sign_up(body: SignupCreate, request: Request, services: InServices) -> Response:
    """Get a tenant of your own and its key; 404 unless the operator allows it."""
    address = request.client.host if request.client else ""
    key = await services.signup.sign_up(email=body.email, client_address=address)
    return answers.json(SignupRead.of(key), status=201)
