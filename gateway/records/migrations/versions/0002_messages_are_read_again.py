"""Messages are read again: by which vocabulary, with what knowledge of the sender, and what was read before."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("edition", sa.String(length=16), nullable=True))
    op.add_column("messages", sa.Column("compared_with", sa.String(length=16), nullable=True))
    op.add_column("messages", sa.Column("known_sealed", sa.LargeBinary(), nullable=True))
    # The previous release writes alerts without this column.
    op.add_column("alerts", sa.Column("has_reading_waiting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_alerts_has_reading_waiting_received_at", "alerts", ["has_reading_waiting", "received_at"])
    op.create_table(
        "readings",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition_before", sa.String(length=16), nullable=True),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.Column("kind_before", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("after_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("is_reconstructed", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "waiting",
                "accepted",
                "set_aside",
                "overtaken",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_readings_alert_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officers.id"], name="fk_readings_decided_by_id"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_readings_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("message_id", "number", name="uq_readings_message_id_number"),
    )
    op.create_index("ix_readings_alert_id", "readings", ["alert_id"])


def downgrade() -> None:
    op.drop_index("ix_readings_alert_id", table_name="readings")
    op.drop_table("readings")
    op.drop_index("ix_alerts_has_reading_waiting_received_at", table_name="alerts")
    op.drop_column("alerts", "has_reading_waiting")
    op.drop_column("messages", "known_sealed")
    op.drop_column("messages", "compared_with")
    op.drop_column("messages", "edition")
