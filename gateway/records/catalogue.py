"""Every record in one list, so that migrations and checks see the whole schema."""

from gateway.records.alarm import Alarm
from gateway.records.alert import Alert
from gateway.records.alert_step import AlertStep
from gateway.records.answer import Answer
from gateway.records.audit_entry import AuditEntry, AuditHead
from gateway.records.correction import Correction
from gateway.records.feedback import Feedback
from gateway.records.incident import Incident
from gateway.records.incident_step import IncidentStep
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.officer_session import OfficerSession
from gateway.records.pace import Pace
from gateway.records.party import Party
from gateway.records.personal_code import PersonalCode
from gateway.records.project import Project
from gateway.records.reading import Reading
from gateway.records.reconciliation import Reconciliation
from gateway.records.release import Release
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.response import Response
from gateway.records.round import Round
from gateway.records.self_test import SelfTest
from gateway.records.sign_in_attempt import SignInAttempt
from gateway.records.source import Source
from gateway.records.verification_step import VerificationStep
from gateway.records.victim import Victim
from gateway.records.violation import Violation

RECORDS = (
    Message,
    Reporter,
    PersonalCode,
    Alert,
    AlertStep,
    Correction,
    Answer,
    Reading,
    Response,
    Feedback,
    Incident,
    IncidentStep,
    Violation,
    Victim,
    Party,
    Source,
    VerificationStep,
    Release,
    Project,
    Officer,
    OfficerSession,
    SignInAttempt,
    AuditEntry,
    AuditHead,
    Reply,
    Pace,
    Reconciliation,
    Alarm,
    Round,
    SelfTest,
)
METADATA = Message.metadata
