"""Every setting of the service, read once from the environment and frozen. Nobody else reads it."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Self

import platformdirs
import pydantic
from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.domain.decay import DecayCurve
from app.domain.judge import JudgeKind
from app.errors import InvalidSetting

_SAMPLE_SECRETS = ("change-me", "changeme", "example", "sample", "secret", "password", "your-", "your_")
_SHORTEST_PUBLIC_SECRET = 16
_CREDENTIALS_IN_URL = re.compile(r"//[^/@\s]+@")

OptionalSecret = Annotated[SecretStr | None, Field(default=None)]


class Settings(BaseSettings):
    """All settings. The environment variable of a field is its upper-case name after `LOCI_`."""

    model_config = SettingsConfigDict(
        env_prefix="LOCI_", frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("loci", appauthor=False)),
        description="Directory of the local database, its logs and its password.",
    )
    cache_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("loci", appauthor=False)),
        description="Directory of downloaded programs, shared between checkouts.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(
        default=3010,
        ge=1,
        le=65_535,
        description="Port to listen on; `PORT` serves where this is unset.",
        validation_alias=AliasChoices("LOCI_PORT", "PORT", "port"),
    )
    api_key: OptionalSecret = Field(
        default=None, description="A key valid for the default tenant while it is set; never stored."
    )
    setup_secret: OptionalSecret = Field(
        default=None, description="Opens `/setup` and `/admin`; with it set, no first key is made by itself."
    )
    neo4j_uri: str | None = Field(
        default=None,
        description="An existing Neo4j to use; no local server is started then.",
        validation_alias=AliasChoices("NEO4J_URI", "neo4j_uri"),
    )
    neo4j_username: str = Field(
        default="neo4j",
        description="User name for `NEO4J_URI`.",
        validation_alias=AliasChoices("NEO4J_USERNAME", "neo4j_username"),
    )
    neo4j_password: OptionalSecret = Field(
        default=None,
        description="Password for `NEO4J_URI`.",
        validation_alias=AliasChoices("NEO4J_PASSWORD", "neo4j_password"),
    )
    neo4j_heap_mebibytes: int = Field(default=1024, ge=256, description="Java heap of the local Neo4j.")
    neo4j_page_cache_mebibytes: int = Field(default=512, ge=64, description="Page cache of the local Neo4j.")
    neo4j_bolt_port: int | None = Field(
        default=None, ge=1, le=65_535, description="Bolt port of the local Neo4j; a free one if unset."
    )
    neo4j_http_port: int | None = Field(
        default=None, ge=1, le=65_535, description="Browser port of the local Neo4j; a free one if unset."
    )
    java_home: Path | None = Field(default=None, description="The Java 21 or 25 that runs the local Neo4j.")
    system_java_home: Path | None = Field(
        default=None,
        description="Where a Java may be found, as other programs expect it.",
        validation_alias=AliasChoices("JAVA_HOME", "system_java_home"),
    )
    search_path: str = Field(
        default="",
        description="Where programs are looked for.",
        validation_alias=AliasChoices("PATH", "search_path"),
    )
    artifact_mirror: str | None = Field(
        default=None, description="Base address of a Maven repository to fetch Neo4j from."
    )
    offline: bool = Field(default=False, description="Use only what is cached; download nothing.")
    cypher_dir: Path | None = Field(default=None, description="Directory of the Cypher files.")
    embedding_model: str | None = Field(
        default=None, description="A local directory or hub name of another sentence-transformers model."
    )
    reranker_model: str | None = Field(
        default=None,
        description="A local directory or hub name of a cross-encoder that reads the best hits of recall once"
        " more; none if unset.",
    )
    memory_limit: int | None = Field(
        default=None, ge=1, description="How many active memories a tenant may hold; no limit if unset."
    )
    upgrade_url: str | None = Field(
        default=None, description="Named in the answer when the limit is reached."
    )
    decay: DecayCurve = Field(
        default=DecayCurve.HALF_LIFE, description="How memories fade: `half_life` or `e_fold`."
    )
    judge: JudgeKind = Field(
        default=JudgeKind.FACTS,
        description="What decides on a new fact: `facts` compares statements, `similarity` cosines alone,"
        " `off` keeps every fact but one with the words of another.",
    )
    duplicate_cosine: float = Field(
        default=0.985, gt=0, le=1, description="Cosine from which two alike facts are one."
    )
    replace_cosine: float = Field(
        default=0.94,
        gt=0,
        le=1,
        description="Cosine from which a fact replaces another where the judge has no opinion.",
    )
    suspicious_cosine: float = Field(
        default=0.9, gt=0, le=1, description="Cosine from which facts that differ in one phrase are reported."
    )
    implicit_agent_members: bool = Field(
        default=True, description="Whether every registered agent is a member of all its tenant's teams."
    )
    signup: bool = Field(
        default=False, description="Whether strangers may get a tenant of their own by `/v1/signup`."
    )
    request_timeout_seconds: float = Field(default=30.0, gt=0, description="Time limit of one request.")
    body_limit_bytes: int = Field(default=1_048_576, ge=1024, description="Size limit of one request's body.")
    database_retry_seconds: float = Field(
        default=3.0, ge=0, description="How long a request tries again while the database is away."
    )
    log_level: str = Field(
        default="info", pattern="^(debug|info|warning|error)$", description="Least level that is logged."
    )

    @field_validator("api_key", "setup_secret", "neo4j_password")
    @classmethod
    def _blank_is_unset(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        # A header loses the blanks around its value, so a key with them could never be presented.
        return SecretStr(value.get_secret_value().strip())

    @model_validator(mode="after")
    def _password_comes_with_uri(self) -> Self:
        if self.neo4j_uri is not None and self.neo4j_password is None:
            raise ValueError("NEO4J_URI is set without NEO4J_PASSWORD; set both, or neither")
        return self

    @model_validator(mode="after")
    def _public_address_needs_secrets(self) -> Self:
        if not is_loopback(self.host):
            _refuse_weak_secrets(self)
        return self


def load(**overrides: object) -> Settings:
    """The settings of this process: the environment, with `overrides` that are not None on top.

    Raises: InvalidSetting, naming each setting that cannot work.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # pyright: ignore[reportArgumentType]  # values are validated here
    except pydantic.ValidationError as invalid:
        reasons = "; ".join(_reason(error["loc"], error["msg"]) for error in invalid.errors())
        raise InvalidSetting(f"Loci cannot run with these settings: {reasons}.") from None


def environment_name(field: str) -> str:
    """The environment variable of a field.

    >>> environment_name("data_dir"), environment_name("neo4j_uri")
    ('LOCI_DATA_DIR', 'NEO4J_URI')
    """
    alias = Settings.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return f"LOCI_{field.upper()}"


def shown(settings: Settings) -> dict[str, str]:
    """Each setting by its environment variable, secrets hidden."""
    return {environment_name(name): _shown_value(getattr(settings, name)) for name in Settings.model_fields}


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine can reach that address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_weak_secrets(settings: Settings) -> None:
    secrets = {"LOCI_API_KEY": settings.api_key, "LOCI_SETUP_SECRET": settings.setup_secret}
    given = {name: secret.get_secret_value() for name, secret in secrets.items() if secret is not None}
    if not given:
        raise ValueError(
            f"LOCI_HOST={settings.host} is reachable from other machines: set LOCI_API_KEY or"
            " LOCI_SETUP_SECRET to a secret of your own, or listen on 127.0.0.1"
        )
    if settings.neo4j_password is not None:
        given["NEO4J_PASSWORD"] = settings.neo4j_password.get_secret_value()
    for name, secret in given.items():
        if len(secret) < _SHORTEST_PUBLIC_SECRET or _is_sample(secret):
            raise ValueError(
                f"{name} is a sample or too short for the public address {settings.host}:"
                f" use at least {_SHORTEST_PUBLIC_SECRET} random characters"
            )


def _is_sample(secret: str) -> bool:
    return any(sample in secret.casefold() for sample in _SAMPLE_SECRETS)


def _reason(location: tuple[int | str, ...], message: str) -> str:
    sentence = message.removeprefix("Value error, ")
    if not location:
        return sentence
    name = str(location[0])
    field = name if name in Settings.model_fields else name.removeprefix("LOCI_").lower()
    shown_name = environment_name(field) if field in Settings.model_fields else name
    return f"{shown_name}: {sentence[:1].lower()}{sentence[1:]}"


def _shown_value(value: object) -> str:
    if value is None:
        return "(unset)"
    if isinstance(value, SecretStr):
        return "(hidden)"
    # An address may carry a user name and a password of its own.
    return _CREDENTIALS_IN_URL.sub("//(hidden)@", str(value))
