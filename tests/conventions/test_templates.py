"""Pages obey the strict content policy by themselves: nothing inline, nothing unescaped, nothing from elsewhere."""

import re

from tests.conventions import tree

INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false|\|\s*tojson", re.IGNORECASE)
FROM_ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")

# Where something is given out unescaped, and why it cannot hold what somebody wrote.
MAY_BE_UNESCAPED: dict[str, str] = {}


def _found(pattern, *suffixes):
    return {
        tree.name(path)
        for path in tree.files("admin", "gateway")
        if path.suffix in suffixes and pattern.search(path.read_text(encoding="utf-8"))
    }


def test_there_are_templates_to_look_at():
    assert [path for path in tree.files("admin/templates") if path.suffix == ".html"] != []


def test_no_template_holds_a_script_or_a_style():
    assert _found(INLINE, ".html") == set()


def test_nothing_is_given_out_unescaped_but_where_it_is_explained():
    assert _found(UNESCAPED, ".html", ".py") == set(MAY_BE_UNESCAPED)


def test_pages_fetch_nothing_from_elsewhere():
    assert _found(FROM_ELSEWHERE, ".html", ".css", ".js") == set()


def test_scripts_do_not_write_raw_pages():
    raw = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert _found(raw, ".js") == set()


def test_every_form_that_changes_something_carries_its_token():
    without = []
    for path in tree.files("admin/templates"):
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE):
            if re.search(r"""method\s*=\s*["']post""", form, re.IGNORECASE) and "token" not in form:
                without.append(tree.name(path))
    assert without == []
