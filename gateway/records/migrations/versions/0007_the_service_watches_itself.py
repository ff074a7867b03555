"""The service watches itself: alarms, what is done by the clock, and texts of our own."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = (
    "provider_unreachable",
    "waiting",
    "dead",
    "silent_region",
    "silent_channel",
    "reconcile_missing",
    "reconcile_forged",
    "disk",
    "audit_broken",
    "self_test",
)


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("open_key", sa.String(length=96), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("absent_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_notice_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
        sa.UniqueConstraint("open_key", name="uq_alarms_open_key"),
    )
    op.create_index("ix_alarms_next_notice_at", "alarms", ["next_notice_at"])
    op.create_table(
        "rounds",
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_table(
        "self_tests",
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("our_number", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=48), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_self_tests"),
        sa.UniqueConstraint("channel", "provider_id", name="uq_self_tests_channel_provider_id"),
    )
    op.create_index("ix_self_tests_our_number_begun_at", "self_tests", ["our_number", "begun_at"])


def downgrade() -> None:
    op.drop_index("ix_self_tests_our_number_begun_at", table_name="self_tests")
    op.drop_table("self_tests")
    op.drop_table("rounds")
    op.drop_index("ix_alarms_next_notice_at", table_name="alarms")
    op.drop_table("alarms")
