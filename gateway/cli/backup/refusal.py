"""Why a backup is not made, not opened, or not put back."""

from gateway.errors import LakanaError


class BackupRefused(LakanaError):
    """Something about the file, the keys or the database stands in the way; nothing was changed."""

    code = "backup_refused"
