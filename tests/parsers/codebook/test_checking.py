"""A deployment's own codebook is refused with file, line and reason for everything that is wrong with it."""

import shutil
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import parse
from parsers.codebook import reader, sources
from parsers.codebook.faults import CodebookFaulty
from parsers.keypad import read_keys
from parsers.result import ReporterContext
from tests.make.codebook import WATER, folder

TODAY = date(2026, 11, 20)
LABELS = 'labels = ["etat"]'
STATE = 'name = "state"\nreader = "choices"'
KEYWORD = 'any = ["WPT"]'
NUMBERED = 'number = 1\ncode = "works"\ncard = ["MARCHE"]'


def faults_of(where):
    with pytest.raises(CodebookFaulty) as caught:
        reader.load(where)
    return [str(fault) for fault in caught.value.faults]


def line_of(text, wanted, nth=1):
    """The line on which something stands for the nth time."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if wanted in line]
    return found[nth - 1]


def test_a_sound_form_adds_to_the_built_in_codebook(tmp_path):
    book = reader.load(folder(tmp_path))
    assert set(book.forms) == {*reader.load().forms, "water"}
    assert [field.name for field in book.forms["water"].fields] == ["state", "families", "what", "place"]
    assert book.keywords["enf"].kind == "incident"


WRONG = [
    # what is changed in the file, into what, on which line of the new text the fault stands, and its reason
    (("number = 2", "number = 1"), ("number = 1", 2), "two fields of one form have the number 1 (first on line 11)"),
    (("number = 4", "number = 10"), ("number = 10", 1), "the number of 'place' must be 1 to 9: a card has nine lines"),
    (('name = "families"', 'name = "state"'), ('name = "state"', 2), "two fields of one form are called 'state'"),
    (('"familles", "families"', '"familles", "État"'), ('"État"', 1), "two fields of one form have the label 'etat'"),
    ((LABELS, 'labels = ["q1"]'), ('["q1"]', 1), "the label 'q1' must be words, without digits"),
    ((LABELS, ""), ("[[forms.water.field]]", 1), "a field 'state' has no `labels`"),
    ((LABELS, 'label = ["etat"]'), ('label = ["etat"]', 1), "`label` is nothing that a field has"),
    (("number = 2", 'number = "2"'), ('number = "2"', 1), "`number` of a field 'families' must be a whole number"),
    (("number = 2", "number = true"), ("number = true", 1), "`number` of a field 'families' must be a whole number"),
    (('reader = "numbers"', 'reader = "integers"'), ('"integers"', 1), "there is no reader 'integers'; there are"),
    (('name = "place"', 'name = "village"'), ('"village"', 1), "a field with the reader 'places' is called 'place'"),
    (('name = "what"', 'name = "date"'), ('reader = "texts"', 1), "the name 'date' belongs to the reader 'dates'"),
    (('name = "what"', 'name = "boys"'), ('"boys"', 1), "a field cannot be called 'boys'"),
    (('values = "water_state"', ""), ("[[forms.water.field]]", 1), "'state' is read by 'choices' and has no `values`"),
    (('values = "water_state"', 'values = "x"'), ('values = "x"', 1), "there is no list 'x'"),
    (("lowest = 0", "lowest = 9000"), ("lowest = 9000", 1), "the lowest number of 'families' is above the highest"),
    (('["state", "place"]', '["state", "when"]'), ('"when"', 1), "'when' is required, but no field has this name"),
    (('["state", "place"]', "[]"), ("required = []", 1), "a form must require a field"),
    (('kind = "water"', 'kind = "waters"'), ('"waters"', 1), "the keyword opens 'waters', but there is no such form"),
    (('kind = "water"', 'kind = "incident"'), ("[forms.water]", 1), "no keyword opens the form 'water'"),
    ((KEYWORD, 'any = ["STOP"]'), ('"STOP"', 1), "the keyword 'STOP' is taken: it opens the command 'stop' already"),
    ((KEYWORD, 'any = ["WPT", "enf"]'), ('"enf"', 1), "'ENF' is taken: it opens the form 'incident' already"),
    ((KEYWORD, 'any = ["WPT", "WPT"]'), ('"WPT"', 1), "the keyword 'WPT' stands here already"),
    ((KEYWORD, 'any = ["ENG"]'), ('"ENG"', 1), "'ENG' is one letter from 'ENF', which opens the form 'incident'"),
    ((KEYWORD, 'any = ["ALETRE"]'), ('"ALETRE"', 1), "is one letter from 'ALERTE', which opens the form 'alert'"),
    ((KEYWORD, 'any = ["RELAIS"]'), ('"RELAIS"', 1), "begins like 'REL', which opens the form 'release'"),
    ((KEYWORD, 'any = ["PROJ"]'), ('"PROJ"', 1), "is the beginning of 'PROJET', which opens the form 'project'"),
    ((KEYWORD, 'any = ["PUITS"]'), ('"PUITS"', 1), "is an ordinary word (of a story)"),
    ((KEYWORD, 'any = ["BONJOUR"]'), ('"BONJOUR"', 1), "is an ordinary word (a greeting)"),
    ((KEYWORD, 'any = ["MINE"]'), ('"MINE"', 1), "is an ordinary word (a"),
    ((KEYWORD, 'any = ["MENAKA"]'), ('"MENAKA"', 1), "is the name of a place"),
    ((KEYWORD, 'any = ["EA"]'), ('"EA"', 1), "must be one word of 3 to 12 letters"),
    ((KEYWORD, 'any = ["FÔRAGE"]'), ('"FÔRAGE"', 1), "must be one word of 3 to 12 letters, without accents"),
    ((KEYWORD, 'any = "WPT"'), ('any = "WPT"', 1), "`any` of a keyword must be a list of texts"),
    (("[forms.water]", "[forms.killing]"), ("[forms.killing]", 1), "a form cannot be called 'killing'"),
    (("number = 2\ncode", "number = 1\ncode"), ("number = 1", 3), "two values of one list have the number 1"),
    (('code = "broken"', 'code = "works"'), ('code = "works"', 2), "two values of one list have the code 'works'"),
    (('card = ["CASSE"]', 'card = ["Marche"]'), ('"Marche"', 1), "two values of one list have the word 'marche'"),
    ((NUMBERED, 'code = "works"'), ("[[values.water_state]]", 1), "'works' has neither a `number`"),
    (('broken = ["hors', 'brocken = ["hors'), ("brocken", 1), "the list 'water_state' has no value 'brocken'"),
    (("[words.fr.water_state]", "[words.xx.water_state]"), ("[words.xx", 1), "'xx' is no language"),
    (("[words.fr.water_state]", "[words.fr.watr]"), ("[words.fr.watr]", 1), "there is no list 'watr'"),
    (('title = { fr', 'title = { french'), ("title =", 1), "`title` of a form must be texts by language"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "where", "reason"), WRONG, ids=[reason[:60] for _, _, reason in WRONG])
def test_each_fault_is_told_with_its_line_and_its_reason(tmp_path, change, where, reason):
    text = WATER.replace(*change, 1) if change[0] != "number = 2\ncode" else WATER
    if change[0] == "number = 2\ncode":
        head, tail = WATER.split("[[values.water_state]]", 1)
        text = head + "[[values.water_state]]" + tail.replace("number = 2", "number = 1")
    if "kind" in change[0] and "incident" in change[1]:
        text = text.replace('any = ["WPT"]', 'any = ["WPT"]\nfr = ["ENF"]')
    assert text != WATER
    told = faults_of(folder(tmp_path, water=text))
    wanted = f"forms/water.toml:{line_of(text, *where)}: "
    assert [line for line in told if line.startswith(wanted) and reason in line], told


def test_all_faults_of_all_files_are_named_at_once_and_in_order(tmp_path):
    where = folder(
        tmp_path,
        water=WATER.replace("number = 2", "number = 1").replace('"WPT"', '"STOP"'),
        values="[[needs]]\nnumber = 1\n",
        words_fr='[violation]\nkiling = ["tue"]\n',
        parties='[[party]]\ncode = "a"\nfr = "A"\nen = "A"\nnames = ["A"]\nparent = "b"\n',
        form="",
    )
    told = faults_of(where)
    assert [line.split(": ")[0] for line in told] == [
        "form.toml:1", "forms/water.toml:4", "forms/water.toml:19", "forms/water.toml:47", "parties.toml:6",
        "values.toml:1", "words.fr.toml:2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[keyword]\n", "forms/water.toml:1: is no TOML: "),
        (b'a = 1\nb = "\xe9"\n', "forms/water.toml:2: is not written in UTF-8"),
        (b'\xef\xbb\xbf[[keyword]]\r\nkind = "x"\r\n', "forms/water.toml:2: the keyword opens 'x'"),
        (b"forms = 3\n", "forms/water.toml:1: `forms` must be a table"),
        (b"[forms]\nwater = 3\n", "forms/water.toml:2: `forms.water` must be a table"),
        (
            b"[forms.water]\nfield = 3\nrequired = [1]\n",
            "forms/water.toml:2: `field` of a form must be a list of tables",
        ),
        (b"[languages]\nfr = 3\n", "forms/water.toml:2: the words for the language 'fr' must be a list of texts"),
    ],
)
def test_a_file_that_is_hardly_one_is_told_too(tmp_path, content, told):
    where = folder(tmp_path)
    (where / "forms" / "water.toml").write_bytes(content)
    assert any(line.startswith(told) for line in faults_of(where))


def test_two_files_cannot_define_one_form(tmp_path):
    where = folder(tmp_path)
    (where / "forms" / "other.toml").write_text(WATER.replace("WPT", "OWP"), "utf-8")
    told = faults_of(where)
    assert "forms/water.toml:6: 'water' is defined in forms/other.toml too" in told


def test_the_built_in_files_copied_to_a_folder_are_without_fault(tmp_path):
    for path in sources.BUILT_IN.glob("*.toml"):
        shutil.copy(path, tmp_path)
    assert reader.load(tmp_path).forms.keys() == reader.load().forms.keys()


def test_the_codes_of_violations_are_fixed(tmp_path):
    where = folder(tmp_path, values='[[violation]]\nnumber = 1\ncode = "torture"\ncard = ["TOR"]\n')
    assert "values.toml:3: the codes of 'violation' are fixed; 'torture' is none" in faults_of(where)


def test_looking_over_takes_no_time_that_a_start_would_notice(tmp_path):
    where = folder(tmp_path)
    reader.load()
    began = time.process_time()
    reader.load(where)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "fields", "check"),
    [
        ("WPT 1=2 2=9 quoi=La pompe, usée 4=Gao", {"state": "broken", "families": 9, "what": "La pompe, usée"}, ""),
        ("wpt ne marche pas Gao familles douze", {"state": "broken", "families": 12}, ""),
        ("WPT 1=1 4=Gao 2=12,5", {"state": "works"}, "ambiguous_families"),
        ("WPT 1=1 4=Gao 2=-3", {"state": "works"}, "out_of_range_families"),
        ("WPT 1=1 4=Gao 2=5001", {"state": "works"}, "out_of_range_families"),
        ("WPT 1=1 4=Gao 2=une dizaine", {"state": "works"}, "ambiguous_families"),
        ("WPT 1=1 4=Gao 2=12 2=13", {"state": "works"}, "conflicting_families"),
        ("WPT 1=1 4=Gao 2=1 500", {"state": "works", "families": 1}, "unread"),
        ("WPT 1=1 4=Gao\nquoi: fuite\n2=3", {"state": "works", "families": 3, "what": "fuite"}, ""),
        ("WPT 4=Gao quoi=fuite", {"what": "fuite"}, "missing_state"),
        ("WPT 1=7 4=Gao", {}, "out_of_range_state"),
        ("WPT quoi pompe cassée hier etat 1 lieu Gao", {"state": "works"}, "unread"),
    ],
)  # fmt: skip
def test_a_text_on_an_own_form_is_read_and_never_silently_wrong(tmp_path, text, fields, check):
    parsed = parse(text, received_on=TODAY, codebook=folder(tmp_path))
    found = {name: value for name, value in parsed.fields.items() if name not in ("place", "place_approximate")}
    assert parsed.kind == "water"
    assert found == fields
    checks = [problem.code for problem in parsed.problems if problem.severity == "check"]
    assert (check in checks) if check else checks == []


def test_decimals_are_read_where_the_form_asks_for_them(tmp_path):
    water = WATER.replace("highest = 5000", "highest = 5000\ndecimals = true")
    where = folder(tmp_path, water=water)
    assert parse("WPT 1=1 4=Gao 2=12,5", received_on=TODAY, codebook=where).fields["families"] == 12.5
    thousand = parse("WPT 1=1 4=Gao 2=1.500", received_on=TODAY, codebook=where)
    assert "families" not in thousand.fields
    assert thousand.needs_check


def test_the_keypad_knows_the_own_form(tmp_path):
    parsed = read_keys("water", {1: "2", 2: "12"}, received_on=TODAY, codebook=folder(tmp_path))
    assert (parsed.kind, parsed.fields) == ("water", {"state": "broken", "families": 12})


WORST = ["quoi=", "quoi=a ", "3 ", "3=3=", "2=-", "2=1,", "quoi:a;", "MARCHE ", "ne marche pas hors "]


@pytest.mark.parametrize("asked", [None, ("water", "3"), ("water", "2")])
@pytest.mark.parametrize("piece", WORST)
def test_the_worst_text_on_an_own_form_takes_bounded_time(own_folder, piece, asked):
    reporter = ReporterContext(asked=asked)
    for opening in ("WPT ", "K7Q28 ", ""):
        text = (opening + piece * 800)[:1600]
        took = []
        for _ in range(3):
            began = time.process_time()
            parsed = parse(text, received_on=TODAY, reporter=reporter, codebook=own_folder)
            took.append(time.process_time() - began)
        assert parsed.needs_check or parsed.fields
        assert min(took) < 0.1  # some 10 ms; a text that takes its square takes seconds


@given(st.text("quoi=:;12 34abc,.-\n", max_size=80), st.sampled_from(["WPT ", "K7Q28 ", "TEST WPT "]))
def test_whatever_is_typed_on_an_own_form_every_character_is_accounted_for(own_folder, text, opening):
    context = ReporterContext(asked=("water", "3"))
    parsed = parse(opening + text, received_on=TODAY, reporter=context, codebook=own_folder)
    assert "".join(parsed.text[start:end] for _, start, end in parsed.spans) == opening + text
    assert parsed == parse(opening + text, received_on=TODAY, reporter=context, codebook=own_folder)


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("own"))
