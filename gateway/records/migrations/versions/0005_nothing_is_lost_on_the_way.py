"""Nothing is lost on the way: parts of messages, where each came from, the provider's log, the pace of a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MESSAGES = ("sent_at", "source", "part_key", "part_number", "part_total", "part_of_id", "parts_missing", "continues_id")
REPLIES = ("asks", "asked_at", "is_resent")


def upgrade() -> None:
    # The previous release writes rows without these columns.
    op.add_column("messages", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("source", sa.String(length=12), nullable=False, server_default="provider"))
    op.add_column("messages", sa.Column("part_key", sa.LargeBinary(length=32), nullable=True))
    op.add_column("messages", sa.Column("part_number", sa.Integer(), nullable=True))
    op.add_column("messages", sa.Column("part_total", sa.Integer(), nullable=True))
    op.add_column("messages", sa.Column("part_of_id", sa.String(length=16), nullable=True))
    op.add_column("messages", sa.Column("parts_missing", sa.String(length=200), nullable=True))
    op.add_column("messages", sa.Column("continues_id", sa.String(length=16), nullable=True))
    # Only the parts of long texts stand in these two: storing any other message costs nothing more.
    for column in ("part_key", "part_of_id"):
        is_part = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_messages_{column}", "messages", [column], postgresql_where=is_part, sqlite_where=is_part)
    op.add_column("replies", sa.Column("asks", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("replies", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("replies", sa.Column("is_resent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "paces",
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paces"),
        sa.UniqueConstraint("channel", name="uq_paces_channel"),
    )
    op.create_table(
        "reconciliations",
        sa.Column("provider", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("taken_in", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reconciliations"),
    )
    op.create_index("ix_reconciliations_provider_at", "reconciliations", ["provider", "at"])


def downgrade() -> None:
    op.drop_index("ix_reconciliations_provider_at", table_name="reconciliations")
    op.drop_table("reconciliations")
    op.drop_table("paces")
    for column in reversed(REPLIES):
        op.drop_column("replies", column)
    op.drop_index("ix_messages_part_of_id", table_name="messages")
    op.drop_index("ix_messages_part_key", table_name="messages")
    for column in reversed(MESSAGES):
        op.drop_column("messages", column)
