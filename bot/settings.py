"""The only reader of the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_database() -> str:
    return str(user_data_path("simulacro") / "simulacro.db")


class Settings(BaseSettings):
    """What can be set from outside; `docs/settings.md` says what each is for."""

    model_config = SettingsConfigDict(env_prefix="SIMULACRO_", env_ignore_empty=True, frozen=True)

    telegram_token: Annotated[SecretStr, Field(validation_alias="TELEGRAM_BOT_TOKEN")] = SecretStr(
        ""
    )
    telegram_api: str = "https://api.telegram.org"
    telegram_rate: Annotated[float, Field(gt=0, le=10_000)] = 30
    database: Annotated[str, Field(default_factory=_default_database, min_length=1)]
    bank: Path | None = None
    lang: str = "es"
