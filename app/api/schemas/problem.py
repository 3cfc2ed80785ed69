"""The one shape of every answer of status 400 and above: RFC 9457 with the contract's members."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.answer import Answer


class Problem(Answer):
    """What went wrong. Some codes have further members, such as `fields`, which names each bad field."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[Literal["about:blank"], Field(description="Always `about:blank`.")] = "about:blank"
    title: Annotated[str, Field(description="The phrase of the status.")]
    status: Annotated[int, Field(description="The HTTP status.")]
    code: Annotated[str, Field(description="The kind of problem, stable, for programs.")]
    detail: Annotated[str, Field(description="What is wrong and what to do, in one sentence.")]
    error: Annotated[str, Field(description="The same sentence.")]
    request_id: Annotated[str, Field(description="Equal to the header X-Request-Id; name it in questions.")]
