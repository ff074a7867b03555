"""The code lists of the records: stable words in columns, shown to people through translations."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a message became."""

    ALERT = "alert"
    RESPONSE = "response"
    FEEDBACK = "feedback"
    ANSWER = "answer"
    COMMAND = "command"
    NETWORK = "network"
    READING = "reading"
    TRAINING = "training"


class MessageSource(StrEnum):
    """How a message reached the inbox; of a lost one only that it was sent."""

    PROVIDER = "provider"
    SPOOL = "spool"
    RECONCILE = "reconcile"
    LOST = "lost"
    PARTS = "parts"


class SenderKind(StrEnum):
    """What the sender's address is; only a phone number gets a reply."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    WITHHELD = "withheld"
    OURS = "ours"


class AlertKind(StrEnum):
    """What an alert says; `unknown` and `unprocessed` wait in the reading tray."""

    INCIDENT = "incident"
    ALERT = "alert"
    RELEASE = "release"
    UNKNOWN = "unknown"
    UNPROCESSED = "unprocessed"


class ViolationType(StrEnum):
    """The eight codes of the six grave violations, and two that are recorded beside them."""

    KILLING = "killing"
    MAIMING = "maiming"
    RECRUITMENT = "recruitment"
    SEXUAL_VIOLENCE = "sexual_violence"
    ABDUCTION = "abduction"
    ATTACK_ON_SCHOOLS = "attack_on_schools"
    ATTACK_ON_HOSPITALS = "attack_on_hospitals"
    DENIAL_HUMANITARIAN_ACCESS = "denial_humanitarian_access"
    MILITARY_USE = "military_use"
    DEPRIVATION_LIBERTY = "deprivation_liberty"


COUNTED_BY_VICTIMS = frozenset(
    {
        ViolationType.KILLING,
        ViolationType.MAIMING,
        ViolationType.RECRUITMENT,
        ViolationType.SEXUAL_VIOLENCE,
        ViolationType.ABDUCTION,
        ViolationType.DEPRIVATION_LIBERTY,
    }
)
NOT_GRAVE = frozenset({ViolationType.MILITARY_USE, ViolationType.DEPRIVATION_LIBERTY})


class Level(StrEnum):
    """The three levels at which a violation is decided."""

    FOCAL_POINT = "focal_point"
    TECHNICAL = "technical"
    FINAL = "final"


class AnswerKind(StrEnum):
    """What a later message wants of the report it names; an officer accepts it or not."""

    COMPLETION = "completion"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"


class Role(StrEnum):
    """What an officer is trusted with; one officer may hold several."""

    REGIONAL = "regional"
    FOCAL_POINT = "focal_point"
    TECHNICAL = "technical"
    FINAL = "final"
    CONDUCT = "conduct"
    MONITORING = "monitoring"
    ADMINISTRATOR = "administrator"


class SourceCategory(StrEnum):
    """Who tells: somebody who lived it, saw it, did it, or heard of it."""

    PRIMARY_VICTIM = "primary_victim"
    PRIMARY_WITNESS = "primary_witness"
    PRIMARY_PERPETRATOR = "primary_alleged_perpetrator"
    SECONDARY = "secondary"


class SourceType(StrEnum):
    """In what form it was told or shown."""

    ORAL_TESTIMONY = "oral_testimony"
    WRITTEN_STATEMENT = "written_statement"
    DOCUMENT = "document"
    PHOTOGRAPH = "photograph"
    VIDEO = "video_material"
    DIRECT_OBSERVATION = "direct_observation_by_mrm_monitor"
    SATELLITE_IMAGES = "satellite_images"
    PHYSICAL_EVIDENCE = "physical_evidence"
    BODY_INJURIES = "body_injuries_scars"
    TEXT_OR_CALL = "text_or_call"
    OTHER = "other"


class Grade(StrEnum):
    """How reliable a source or how credible what it says; every source starts unassessed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNASSESSED = "unassessed"


class VictimKind(StrEnum):
    """One child, or a group whose members are not known one by one."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Sex(StrEnum):
    """The sex of a child, or of a group's members."""

    FEMALE = "female"
    MALE = "male"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class AlarmKind(StrEnum):
    """What those on duty are told of."""

    PROVIDER_UNREACHABLE = "provider_unreachable"
    WAITING = "waiting"
    DEAD = "dead"
    SILENT_REGION = "silent_region"
    SILENT_CHANNEL = "silent_channel"
    RECONCILE_MISSING = "reconcile_missing"
    RECONCILE_FORGED = "reconcile_forged"
    DISK = "disk"
    AUDIT_BROKEN = "audit_broken"
    SELF_TEST = "self_test"


class ReplyMode(StrEnum):
    """How much a reporter's phone is told back."""

    NEUTRAL = "neutral"
    READBACK = "readback"
    SILENT = "silent"
