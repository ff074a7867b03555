"""One message may hold several reports, and a reporter may have a personal code for any phone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("alerts", "responses", "feedback", "answers")


def upgrade() -> None:
    # The previous release writes without these columns: each of its messages is one report.
    op.add_column("messages", sa.Column("parts", sa.Integer(), nullable=False, server_default=sa.text("1")))
    for table in (*TABLES, "readings"):
        op.add_column(table, sa.Column("part", sa.Integer(), nullable=False, server_default=sa.text("1")))
    for table in TABLES:
        _unique(table, before=("message_id",), after=("message_id", "part"))
    op.create_table(
        "personal_codes",
        sa.Column("reporter_id", sa.String(length=16), nullable=False),
        sa.Column("code_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name="fk_personal_codes_reporter_id"),
        sa.PrimaryKeyConstraint("id", name="pk_personal_codes"),
        sa.UniqueConstraint("code_index", name="uq_personal_codes_code_index"),
    )
    op.create_index("ix_personal_codes_reporter_id", "personal_codes", ["reporter_id"])


def downgrade() -> None:
    """Further reports on the desk stay there without their message; of the others there can be only one a message."""
    for table in TABLES[1:]:
        beyond = op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table} WHERE part > 1"))
        if beyond:
            raise RuntimeError(
                f"{beyond} rows of {table} are further reports of a message: the older schema has no room"
            )
    op.execute("UPDATE alerts SET message_id = NULL WHERE part > 1")
    op.drop_index("ix_personal_codes_reporter_id", table_name="personal_codes")
    op.drop_table("personal_codes")
    for table in TABLES:
        _unique(table, before=("message_id", "part"), after=("message_id",))
    for table in (*TABLES, "readings"):
        op.drop_column(table, "part")
    op.drop_column("messages", "parts")


def _unique(table: str, *, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    old, new = (f"uq_{table}_{'_'.join(columns)}" for columns in (before, after))
    if op.get_bind().dialect.name == "sqlite":
        was, becomes = ", ".join(before), ", ".join(after)
        _rebuild(table, f"CONSTRAINT {old} UNIQUE ({was})", f"CONSTRAINT {new} UNIQUE ({becomes})")
    else:
        op.drop_constraint(old, table, type_="unique")
        op.create_unique_constraint(new, table, list(after))


def _rebuild(table: str, before: str, after: str) -> None:
    """SQLite changes no constraint: the table is made anew by its own words, with its rows and its indexes."""
    bind = op.get_bind()
    own = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    written = bind.execute(own, {"table": table}).all()
    [made] = [sql for kind, sql in written if kind == "table"]
    body = made.split("(", 1)[1]
    if body.count(before) != 1:
        raise RuntimeError(f"{table} has no {before}")
    op.execute(f"CREATE TABLE {table}_anew ({body.replace(before, after)}")
    op.execute(f"INSERT INTO {table}_anew SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for kind, sql in written:
        if kind == "index":
            op.execute(sql)
