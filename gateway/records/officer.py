"""An officer: who may sign in, with what roles, for which regions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import Role
from gateway.records.columns import UtcDateTime
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedText


class Officer(Record):
    """`regions` limits a regional officer; an empty list means none. `name_key` is the name as compared."""

    __tablename__ = "officers"

    name: Mapped[str] = mapped_column(String(64))
    name_key: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    roles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    regions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(8), default="fr")
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    """The password is a one-time one, drawn by somebody else."""
    password_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when the one-time password opens the door; None once it has done so."""
    totp_seed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_seed = EncryptedText("totp_seed_sealed")
    is_totp_confirmed: Mapped[bool] = mapped_column(default=False)
    last_totp_step: Mapped[int] = mapped_column(default=0)
    recovery_hashes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    def has_role(self, *roles: Role) -> bool:
        """Whether the officer holds at least one of these roles."""
        return any(role.value in self.roles for role in roles)
