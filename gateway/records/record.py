"""The base of every record."""

from typing import Any

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import MetaData

from gateway.records.columns import RowId
from gateway.records.ids import new_id


class Record(DeclarativeBase):
    """Base of every record: an id drawn before the row exists, since encrypted fields are bound to it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    id: Mapped[str] = mapped_column(RowId, primary_key=True)

    def __init__(self, **values: Any) -> None:
        # A new row has no history to keep: its columns are put in directly, which takes a tenth of the time.
        columns = type(self).__table__.columns
        self.__dict__["id"] = values.pop("id", None) or new_id()
        for name, value in values.items():
            if name in columns:
                self.__dict__[name] = value
            elif hasattr(type(self), name):
                setattr(self, name, value)
            else:
                raise TypeError(f"{type(self).__name__} has no {name}")
