"""A backup is refused when anything about it is not as it was made."""

import io
import json
import tarfile

import pyrage
import pytest
from sqlalchemy import update

from gateway.cli.backup import keys
from gateway.records import db
from gateway.records.message import Message
from tests.gateway.cli.backup.conftest import ON_ONE_KIND, opened, verify


@ON_ONE_KIND
def test_one_flipped_byte_anywhere_is_refused(lakana, made, tmp_path):
    content = made.read_bytes()
    for place in (0, 30, len(content) // 3, len(content) // 2, len(content) - 1):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        made.write_bytes(spoilt)
        done = verify(lakana, made, tmp_path)
        assert done.exit_code == 1
        assert "damaged" in done.output or "none of these keys" in done.output


@ON_ONE_KIND
@pytest.mark.parametrize("kept", [0, 100, 0.5, -1])
def test_one_that_was_cut_off_is_refused(lakana, made, tmp_path, kept):
    content = made.read_bytes()
    made.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])
    done = verify(lakana, made, tmp_path)
    assert (done.exit_code, "damaged" in done.output) == (1, True)


@ON_ONE_KIND
def test_the_wrong_key_is_refused(lakana, made, tmp_path):
    keys.make(tmp_path / "another.key")
    done = lakana("backup", "verify", made, "--identity", tmp_path / "another.key")
    assert (done.exit_code, "none of these keys opens it" in done.output) == (1, True)


def _rewritten(path, identity, change):
    """The same envelope around another content, as only a holder of the recipient could make it."""
    content = {}
    with tarfile.open(fileobj=io.BytesIO(opened(path, identity))) as tar:
        for member in tar:
            content[member.name] = tar.extractfile(member).read()
    change(content)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name, each in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(each)
            tar.addfile(info, io.BytesIO(each))
    to = [each.to_public() for each in keys.identities(identity)]
    path.write_bytes(pyrage.encrypt(plain.getvalue(), to))


def _manifest(**changes):
    def change(content):
        content["manifest.json"] = json.dumps(json.loads(content["manifest.json"]) | changes).encode()

    return change


def _one_table_less(content):
    told = json.loads(content["manifest.json"])
    told["tables"]["messages"] += 1
    content["manifest.json"] = json.dumps(told).encode()


CHANGES = {
    "a newer schema": (_manifest(schema="9999"), "install the newer release"),
    "a newer format": (_manifest(format=2), "install the newer one"),
    "another sum": (lambda content: content.update({next(iter(content)): b"x"}), "not as it was written"),
    "another count": (_one_table_less, "other rows than its manifest counts"),
    "another file": (lambda content: content.update({"stray": b""}), "other files"),
    "a path": (lambda content: content.update({"../stray": b""}), "more than plain files"),
    "no manifest": (lambda content: content.pop("manifest.json"), "manifest is missing"),
    "no sense": (lambda content: content.update({"manifest.json": b"[]"}), "cannot be read"),
}


@ON_ONE_KIND
@pytest.mark.parametrize("how", CHANGES)
def test_what_does_not_fit_its_manifest_is_refused(lakana, made, tmp_path, how):
    change, reason = CHANGES[how]
    _rewritten(made, tmp_path / "offline.key", change)
    done = verify(lakana, made, tmp_path)
    assert done.exit_code == 1
    assert reason in done.output
    assert not (tmp_path / "stray").exists()


@ON_ONE_KIND
def test_what_breaks_a_promise_is_told(office, lakana, migrated_database_url, tmp_path):
    with db.transaction() as session:
        session.execute(update(Message).values(outcome_id=None))
    assert lakana("backup", tmp_path / "bad.backup").exit_code == 0
    done = verify(lakana, tmp_path / "bad.backup", tmp_path)
    assert (done.exit_code, "breaks I3" in done.output) == (1, True)


@ON_ONE_KIND
def test_proved_where_the_keys_of_the_office_are_not(lakana, made, tmp_path):
    done = lakana("backup", "verify", made, "--identity", tmp_path / "offline.key", LAKANA_KEYS="/nowhere/keys")
    assert done.exit_code == 0, done.output
    assert "not asked here: I7, I9" in done.output


@ON_ONE_KIND
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backup", "FILE"), "LAKANA_BACKUP_RECIPIENTS"),
        (("backup", "FILE", "--to", "age1nonsense"), "LAKANA_BACKUP_RECIPIENTS"),
        (("backup", "verify", "FILE"), "--identity"),
        (("backup", "verify", "FILE", "--identity", "/nowhere/key"), "--identity"),
        (("backup", "one", "two"), "say FILE"),
        (("backup", "verify"), "say FILE"),
    ],
)
def test_what_is_asked_wrongly_is_told(office, lakana, tmp_path, words, told):
    done = lakana(*(str(tmp_path / "b") if word == "FILE" else word for word in words), LAKANA_BACKUP_RECIPIENTS="")
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert not (tmp_path / "b").exists()
