"""Errors with a stable code; each edge has one table from these to its answers."""


class LakanaError(Exception):
    """Something was asked that cannot be done; `code` is stable, the text is for people."""

    code = "error"


class Refused(LakanaError):
    """The person may not do this; the text says which rule stands in the way."""

    code = "refused"


class NotFound(LakanaError):
    """There is no such record, or not for this person: both look the same."""

    code = "not_found"


class Overtaken(LakanaError):
    """Somebody else changed the record since it was read."""

    code = "overtaken"


class Invalid(LakanaError):
    """A value cannot be taken: which field, and why."""

    code = "invalid"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class IllegalMove(LakanaError):
    """A status cannot follow the one before it."""

    code = "illegal_move"


class ChannelError(LakanaError):
    """The provider did not do what we asked; says whether asking again can help."""

    code = "channel"

    def __init__(self, reason: str, *, retryable: bool, outcome_known: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.outcome_known = outcome_known


class SettingWrong(LakanaError):
    """A setting is missing or cannot be used: one line naming it."""

    code = "setting"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
