"""Messages take turns: by urgency, then from sender to sender; two small indexes hold what waits and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIRST = sa.text("state = 'received' AND attempt = 0")
AGAIN = sa.text("state = 'received' AND attempt > 0")


def upgrade() -> None:
    # The previous release writes messages without these columns: they share one lane and are read one a batch.
    op.add_column("messages", sa.Column("lane", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
    turn = ["urgency", "lane", "received_at", "id"]
    op.create_index("ix_messages_turn", "messages", turn, postgresql_where=FIRST, sqlite_where=FIRST)
    op.create_index("ix_messages_again", "messages", ["next_try_at"], postgresql_where=AGAIN, sqlite_where=AGAIN)
    op.drop_index("ix_messages_state_next_try_at", table_name="messages")


def downgrade() -> None:
    op.create_index("ix_messages_state_next_try_at", "messages", ["state", "next_try_at"])
    op.drop_index("ix_messages_again", table_name="messages")
    op.drop_index("ix_messages_turn", table_name="messages")
    op.drop_column("messages", "urgency")
    op.drop_column("messages", "lane")
