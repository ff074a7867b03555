"""One-time passwords end; later messages about a project answer wait for an officer as those about a report do."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("officers", sa.Column("password_expires_at", sa.DateTime(timezone=True), nullable=True))
    # The previous release writes answers about projects without these.
    op.add_column("responses", sa.Column("has_answer_waiting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("responses", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE responses SET has_answer_waiting = true WHERE reference IN "
        "(SELECT reference FROM answers WHERE status = 'waiting' AND alert_id IS NULL)"
    )


def downgrade() -> None:
    op.drop_column("responses", "version")
    op.drop_column("responses", "has_answer_waiting")
    op.drop_column("officers", "password_expires_at")
