"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.String(length=16), nullable=True),
        sa.Column("action", sa.String(length=48), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=True),
        sa.Column("subject_id", sa.String(length=80), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_entries_number")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_officer_id_at"), ["officer_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entries_subject_kind_subject_id"), ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "audit_heads",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "officers",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("totp_seed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_totp_confirmed", sa.Boolean(), nullable=False),
        sa.Column("last_totp_step", sa.Integer(), nullable=False),
        sa.Column("recovery_hashes", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("name_key", name=op.f("uq_officers_name_key")),
    )
    op.create_table(
        "parties",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("code", name=op.f("uq_parties_code")),
    )
    op.create_table(
        "projects",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("code", name=op.f("uq_projects_code")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_projects_region"), ["region"], unique=False)

    op.create_table(
        "reporters",
        sa.Column("pseudonym", sa.String(length=16), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_index", sa.LargeBinary(length=32), nullable=True),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.Column("is_training", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column(
            "mode",
            sa.Enum("neutral", "readback", "silent", name="mode", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("project", sa.String(length=16), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporters")),
        sa.UniqueConstraint("number_index", name=op.f("uq_reporters_number_index")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_reporters_pseudonym")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_subject_at"), ["subject", "at"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", "duplicate", name="status", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("place_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_to", sa.Date(), nullable=True),
        sa.Column("is_date_estimated", sa.Boolean(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_manual", sa.Boolean(), nullable=False),
        sa.Column("opened_by_id", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["opened_by_id"], ["officers.id"], name=op.f("fk_incidents_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("reference", name=op.f("uq_incidents_reference")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incidents_opened_at_id"), ["opened_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_region"), ["region"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incidents_status_region_happened_from"), ["status", "region", "happened_from"], unique=False
        )

    op.create_table(
        "messages",
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("our_number", sa.String(length=32), nullable=False),
        sa.Column(
            "sender_kind",
            sa.Enum(
                "phone",
                "short_code",
                "alphanumeric",
                "withheld",
                "ours",
                name="sender_kind",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "processing",
                "waiting_parts",
                "done",
                "duplicate",
                "quarantined",
                "dead",
                "erased",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=48), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reporter_id", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("reference", sa.String(length=8), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "alert",
                "response",
                "feedback",
                "answer",
                "command",
                "network",
                "reading",
                "training",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=True,
        ),
        sa.Column("outcome_id", sa.String(length=16), nullable=True),
        sa.Column("duplicate_of_id", sa.String(length=16), nullable=True),
        sa.Column("is_training", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["messages.id"], name=op.f("fk_messages_duplicate_of_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_messages_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("channel", "account", "provider_id", name=op.f("uq_messages_channel_account_provider_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_messages_reference")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_state_next_try_at"), ["state", "next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_state_received_at"), ["state", "received_at"], unique=False)

    op.create_table(
        "officer_sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=16), nullable=True),
        sa.Column("pending_officer_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_sessions_officer_id")),
        sa.ForeignKeyConstraint(
            ["pending_officer_id"], ["officers.id"], name=op.f("fk_officer_sessions_pending_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_officer_sessions_token_hash")),
    )
    with op.batch_alter_table("officer_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_sessions_last_seen_at"), ["last_seen_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_officer_sessions_officer_id"), ["officer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_officer_sessions_pending_officer_id"), ["pending_officer_id"], unique=False
        )

    op.create_table(
        "alerts",
        sa.Column("message_id", sa.String(length=16), nullable=True),
        sa.Column("reporter_id", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "incident",
                "alert",
                "release",
                "unknown",
                "unprocessed",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "triaged",
                "in_incident",
                "handled",
                "not_mrm",
                "duplicate",
                "referred_out",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("parsed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_to", sa.Date(), nullable=True),
        sa.Column("types", sa.String(length=200), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        sa.Column("has_answer_waiting", sa.Boolean(), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("claimed_by_id", sa.String(length=16), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("incident_id", sa.String(length=16), nullable=True),
        sa.Column("duplicate_of_id", sa.String(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["officers.id"], name=op.f("fk_alerts_claimed_by_id")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["alerts.id"], name=op.f("fk_alerts_duplicate_of_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_alerts_incident_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_alerts_message_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_alerts_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alerts_message_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_alerts_reference")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alerts_has_answer_waiting_received_at"), ["has_answer_waiting", "received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_alerts_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(
            "ix_alerts_queue",
            [
                "status",
                "received_at",
                "id",
                "region",
                "kind",
                "types",
                "is_urgent",
                "needs_check",
                "language",
                "channel",
                "claimed_by_id",
                "claimed_until",
                "is_restricted",
            ],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_alerts_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alerts_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_alerts_status_region_received_at"), ["status", "region", "received_at"], unique=False
        )

    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("reporter_id", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new", "in_progress", "closed", name="status", native_enum=False, create_constraint=True, length=48
            ),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_feedback_message_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_feedback_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("message_id", name=op.f("uq_feedback_message_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_feedback_reference")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_received_at"), ["received_at"], unique=False)

    op.create_table(
        "incident_steps",
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column(
            "before",
            sa.Enum("open", "closed", "duplicate", name="before", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum("open", "closed", "duplicate", name="after", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column("original_id", sa.String(length=16), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_incident_steps_incident_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_incident_steps_officer_id")),
        sa.ForeignKeyConstraint(["original_id"], ["incidents.id"], name=op.f("fk_incident_steps_original_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_steps")),
    )
    with op.batch_alter_table("incident_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_steps_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "replies",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("reporter_id", sa.String(length=16), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("our_number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "sent",
                "delivered",
                "failed",
                "unknown",
                "suppressed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=48), nullable=True),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_replies_message_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_replies_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_replies_channel_provider_id")),
        sa.UniqueConstraint("message_id", "kind", name=op.f("uq_replies_message_id_kind")),
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_replies_reporter_id_prepared_at"), ["reporter_id", "prepared_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_replies_state_next_try_at"), ["state", "next_try_at"], unique=False)

    op.create_table(
        "responses",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("reporter_id", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("project", sa.String(length=16), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("parsed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_responses_message_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_responses_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("message_id", name=op.f("uq_responses_message_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_responses_reference")),
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_responses_project"), ["project"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_responses_reporter_id"), ["reporter_id"], unique=False)

    op.create_table(
        "victims",
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("individual", "group", name="kind", native_enum=False, create_constraint=True, length=48),
            nullable=False,
        ),
        sa.Column(
            "sex",
            sa.Enum(
                "female", "male", "mixed", "unknown", name="sex", native_enum=False, create_constraint=True, length=48
            ),
            nullable=False,
        ),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("is_age_estimated", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_size_estimated", sa.Boolean(), nullable=False),
        sa.Column("may_be_contacted", sa.Boolean(), nullable=False),
        sa.Column("may_be_reported", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_victims_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victims")),
        sa.UniqueConstraint("incident_id", "code", name=op.f("uq_victims_incident_id_code")),
    )
    op.create_table(
        "violations",
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "killing",
                "maiming",
                "recruitment",
                "sexual_violence",
                "abduction",
                "attack_on_schools",
                "attack_on_hospitals",
                "denial_humanitarian_access",
                "military_use",
                "deprivation_liberty",
                name="type",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("boys", sa.Integer(), nullable=False),
        sa.Column("girls", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("is_boys_estimated", sa.Boolean(), nullable=False),
        sa.Column("is_girls_estimated", sa.Boolean(), nullable=False),
        sa.Column("is_unknown_estimated", sa.Boolean(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "report_pending_verification",
                "focal_point_assessed",
                "technical_agreed",
                "verified",
                "reported_not_verified",
                "verification_found_that_incident_did_not_occur",
                "not_mrm",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_violations_incident_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["officers.id"], name=op.f("fk_violations_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations")),
        sa.UniqueConstraint("incident_id", "type", name=op.f("uq_violations_incident_id_type")),
    )
    with op.batch_alter_table("violations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_violations_status_type_verified_on"), ["status", "type", "verified_on"], unique=False
        )

    op.create_table(
        "alert_steps",
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "new",
                "triaged",
                "in_incident",
                "handled",
                "not_mrm",
                "duplicate",
                "referred_out",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "new",
                "triaged",
                "in_incident",
                "handled",
                "not_mrm",
                "duplicate",
                "referred_out",
                name="after",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_alert_steps_alert_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_alert_steps_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_steps")),
    )
    with op.batch_alter_table("alert_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_steps_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "completion",
                "correction",
                "cancellation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "waiting", "accepted", "set_aside", name="status", native_enum=False, create_constraint=True, length=48
            ),
            nullable=False,
        ),
        sa.Column("same_sender", sa.Boolean(), nullable=False),
        sa.Column("parsed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_answers_alert_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officers.id"], name=op.f("fk_answers_decided_by_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_answers_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("message_id", name=op.f("uq_answers_message_id")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answers_reference"), ["reference"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("after_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_corrections_alert_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_corrections_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "releases",
        sa.Column("alert_id", sa.String(length=16), nullable=False),
        sa.Column("incident_id", sa.String(length=16), nullable=True),
        sa.Column("boys", sa.Integer(), nullable=False),
        sa.Column("girls", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("is_estimated", sa.Boolean(), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=True),
        sa.Column("how", sa.String(length=24), nullable=True),
        sa.Column("region", sa.String(length=16), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_releases_alert_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_releases_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("alert_id", name=op.f("uq_releases_alert_id")),
    )
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_releases_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "sources",
        sa.Column("incident_id", sa.String(length=16), nullable=False),
        sa.Column("alert_id", sa.String(length=16), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "primary_victim",
                "primary_witness",
                "primary_alleged_perpetrator",
                "secondary",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "type",
            sa.Enum(
                "oral_testimony",
                "written_statement",
                "document",
                "photograph",
                "video_material",
                "direct_observation_by_mrm_monitor",
                "satellite_images",
                "physical_evidence",
                "body_injuries_scars",
                "text_or_call",
                "other",
                name="type",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "reliability",
            sa.Enum(
                "high",
                "medium",
                "low",
                "unassessed",
                name="reliability",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "credibility",
            sa.Enum(
                "high",
                "medium",
                "low",
                "unassessed",
                name="credibility",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("is_un_eyewitness", sa.Boolean(), nullable=False),
        sa.Column("may_be_contacted", sa.Boolean(), nullable=False),
        sa.Column("may_be_shared", sa.Boolean(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by_id", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_sources_alert_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_sources_incident_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["officers.id"], name=op.f("fk_sources_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_alert_id"), ["alert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "verification_steps",
        sa.Column("violation_id", sa.String(length=16), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "focal_point", "technical", "final", name="level", native_enum=False, create_constraint=True, length=48
            ),
            nullable=False,
        ),
        sa.Column(
            "before",
            sa.Enum(
                "report_pending_verification",
                "focal_point_assessed",
                "technical_agreed",
                "verified",
                "reported_not_verified",
                "verification_found_that_incident_did_not_occur",
                "not_mrm",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "report_pending_verification",
                "focal_point_assessed",
                "technical_agreed",
                "verified",
                "reported_not_verified",
                "verification_found_that_incident_did_not_occur",
                "not_mrm",
                name="after",
                native_enum=False,
                create_constraint=True,
                length=48,
            ),
            nullable=False,
        ),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_verification_steps_officer_id")),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name=op.f("fk_verification_steps_violation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_steps")),
    )
    with op.batch_alter_table("verification_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_steps_violation_id"), ["violation_id"], unique=False)

    op.create_table(
        "violation_parties",
        sa.Column("violation_id", sa.String(length=16), nullable=False),
        sa.Column("party_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_violation_parties_party_id")),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name=op.f("fk_violation_parties_violation_id")),
        sa.PrimaryKeyConstraint("violation_id", "party_id", name=op.f("pk_violation_parties")),
    )
    op.create_table(
        "violation_victims",
        sa.Column("violation_id", sa.String(length=16), nullable=False),
        sa.Column("victim_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["victim_id"], ["victims.id"], name=op.f("fk_violation_victims_victim_id")),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name=op.f("fk_violation_victims_violation_id")),
        sa.PrimaryKeyConstraint("violation_id", "victim_id", name=op.f("pk_violation_victims")),
    )
    op.create_table(
        "violation_sources",
        sa.Column("violation_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_violation_sources_source_id")),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name=op.f("fk_violation_sources_violation_id")),
        sa.PrimaryKeyConstraint("violation_id", "source_id", name=op.f("pk_violation_sources")),
    )


def downgrade() -> None:
    op.drop_table("violation_sources")
    op.drop_table("violation_victims")
    op.drop_table("violation_parties")
    with op.batch_alter_table("verification_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_steps_violation_id"))

    op.drop_table("verification_steps")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_incident_id"))
        batch_op.drop_index(batch_op.f("ix_sources_alert_id"))

    op.drop_table("sources")
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_releases_incident_id"))

    op.drop_table("releases")
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_alert_id"))

    op.drop_table("corrections")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_reference"))
        batch_op.drop_index(batch_op.f("ix_answers_alert_id"))

    op.drop_table("answers")
    with op.batch_alter_table("alert_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_steps_alert_id"))

    op.drop_table("alert_steps")
    with op.batch_alter_table("violations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_violations_status_type_verified_on"))

    op.drop_table("violations")
    op.drop_table("victims")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_responses_received_at"))
        batch_op.drop_index(batch_op.f("ix_responses_project"))

    op.drop_table("responses")
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replies_state_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_replies_reporter_id_prepared_at"))

    op.drop_table("replies")
    with op.batch_alter_table("incident_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_steps_incident_id"))

    op.drop_table("incident_steps")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_received_at"))

    op.drop_table("feedback")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_status_region_received_at"))
        batch_op.drop_index(batch_op.f("ix_alerts_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_alerts_received_at"))
        batch_op.drop_index("ix_alerts_queue")
        batch_op.drop_index(batch_op.f("ix_alerts_incident_id"))
        batch_op.drop_index(batch_op.f("ix_alerts_has_answer_waiting_received_at"))

    op.drop_table("alerts")
    with op.batch_alter_table("officer_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_sessions_pending_officer_id"))
        batch_op.drop_index(batch_op.f("ix_officer_sessions_officer_id"))
        batch_op.drop_index(batch_op.f("ix_officer_sessions_last_seen_at"))

    op.drop_table("officer_sessions")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_state_received_at"))
        batch_op.drop_index(batch_op.f("ix_messages_state_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_messages_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_messages_received_at"))
        batch_op.drop_index(batch_op.f("ix_messages_digest"))

    op.drop_table("messages")
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incidents_status_region_happened_from"))
        batch_op.drop_index(batch_op.f("ix_incidents_region"))
        batch_op.drop_index(batch_op.f("ix_incidents_opened_at_id"))

    op.drop_table("incidents")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_subject_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_at"))

    op.drop_table("sign_in_attempts")
    op.drop_table("reporters")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projects_region"))

    op.drop_table("projects")
    op.drop_table("parties")
    op.drop_table("officers")
    op.drop_table("audit_heads")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_subject_kind_subject_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_officer_id_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_action"))

    op.drop_table("audit_entries")
