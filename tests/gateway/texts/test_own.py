"""A deployment's own replies: looked over at the start, and sent in the place of ours."""

import pytest

from gateway import codebook
from gateway.texts import neutral, own
from gateway.texts.catalogue import ReplyKind, catalogues, complaint_number, readback, reply
from parsers.codebook import reader
from tests.make.codebook import folder

BOOK = reader.load()


def told(tmp_path, text):
    return [str(fault) for fault in own.check(folder(tmp_path, water="", replies=text), BOOK)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('complete = "{reference} reçu ê"', "`complete` is not in the GSM alphabet: '\\xe7' '\\xea'"),
        ('complete = "recu"', "`complete` must have exactly these variables: {reference}"),
        ('complete = "{reference} {name}"', "must have exactly these variables: {reference}"),
        ('complete = "{reference!r} recu"', "must have exactly these variables: {reference}"),
        ('complete = "{reference:>99} recu"', "must have exactly these variables: {reference}"),
        ('complete = "{reference} {answers}"', "must have exactly these variables: {reference}"),
        ('complete = "{reference"', "a brace that is not closed"),
        ('complete = "{reference} %s"' % ("a" * 154), "takes 161 of 160 characters"),
        ('complete = "{reference} %s"' % ("€" * 77), "of 160 characters"),
        ('missing = "{reference} %s {fields} {answers}"' % ("a" * 75), "of 160 characters at its longest"),
        ('neutral = "Votre alerte"', "could give away what a report was about: alerte"),
        ('neutral = "Ansongo vous remercie"', "give away what a report was about: ansongo"),
        ('neutral = "Enfants du JNIM"', "give away what a report was about: enfants, jnim"),
        ("neutral = 3", "must be a text"),
        ('neutrl = "a"', "`neutrl` does not exist; there are alert"),
    ],
)
def test_a_reply_that_must_not_be_sent_is_told_by_line(tmp_path, line, reason):
    [fault] = told(tmp_path, f"# ours\n[fr]\n{line}\n")
    assert fault.startswith("replies.toml:3: ")
    assert reason in fault


def test_a_reply_may_fill_one_message_to_the_last_character(tmp_path):
    assert told(tmp_path, '[fr]\ncomplete = "{reference} %s"\n' % ("a" * 153)) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[francais]\n", "'francais' must be the table of a language"),
        ('[bm]\ncomplete = "I ni ce {reference}"\n', "'bm' is a new language and lacks alert, and, complaint"),
        ("[fr\n", "is no TOML"),
    ],
)
def test_a_language_is_whole_or_refused(tmp_path, text, reason):
    assert reason in told(tmp_path, text)[0]


def test_our_own_replies_pass(tmp_path):
    text = "".join(
        f"[{language}]\nand = '{ours.word_and}'\n"
        + "".join(f"{kind} = '''{words}'''\n" for kind, words in ours.texts.items())
        for language, ours in catalogues().items()
    )
    assert told(tmp_path, text) == []


def test_an_own_reply_goes_before_ours_and_the_others_stay(tmp_path):
    text = '[fr]\ncomplete = "{reference} bien recu."\ncomplaint_number = "{reference}: appelez {number}"\n'
    where = folder(tmp_path, replies=text)
    assert reply(ReplyKind.COMPLETE, "fr", reference="K7Q28", own=where) == "K7Q28 bien recu."
    assert reply(ReplyKind.ALERT, "fr", reference="K7Q28", own=where) == "K7Q28 recu. Restez en lieu sur."
    assert reply(ReplyKind.COMPLETE, "en", reference="K7Q28", own=where) == "K7Q28 received. Thank you."
    assert complaint_number("fr", reference="K7Q28", number="+22370000001", own=where).startswith("K7Q28: appelez")
    too_long = [(line, "ML0701010203,ML07") for line in range(1, 10)]
    assert readback("fr", reference="K7Q28", codes=too_long, own=where) == "K7Q28 bien recu."
    assert reply(ReplyKind.COMPLETE, "fr", reference="K7Q28") == "K7Q28 recu. Merci."


def test_faults_of_forms_and_of_replies_are_named_together(tmp_path):
    where = folder(tmp_path, values="[[needs]]\n", replies='[fr]\nneutral = "é{"\n')
    with pytest.raises(codebook.CodebookWrong) as caught:
        codebook.ready(where)
    lines = str(caught.value).splitlines()[1:]
    assert [line.split(": ")[0].strip() for line in lines] == ["replies.toml:2", "values.toml:1"]


def test_the_words_that_give_away_are_those_of_the_codebook():
    assert neutral.giveaways("Merci {enfants}, recu", BOOK) == []
    assert neutral.giveaways("recrutés, Gao, DNA, PLAINTE", BOOK) == ["recrutes", "gao", "dna", "plainte"]
