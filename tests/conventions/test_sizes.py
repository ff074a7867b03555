"""Rooms stay habitable: a module is read in one sitting, a function is one thought."""

from tests.conventions import tree

MODULE_LINES = 300
FUNCTION_LINES = 40
POSITIONAL = 5

# A migration says in one piece what happens to the schema.
MIGRATIONS = "gateway/records/migrations/versions/"


def _product():
    return [path for path in tree.modules(*tree.PACKAGES) if not tree.name(path).startswith(MIGRATIONS)]


def test_a_module_is_read_in_one_sitting():
    lengths = {tree.name(path): len(path.read_text().splitlines()) for path in [*_product(), *tree.modules("tests")]}
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_a_function_is_one_thought():
    too_long = [
        f"{tree.name(path)}:{function.lineno} {function.name}"
        for path in _product()
        for function in tree.functions(path)
        if function.end_lineno - function.lineno + 1 > FUNCTION_LINES
    ]
    assert too_long == []


def test_nobody_counts_arguments_on_the_fingers_of_two_hands():
    too_many = [
        f"{tree.name(path)}:{function.lineno} {function.name}"
        for path in _product()
        for function in tree.functions(path)
        if len(_positional(function)) > POSITIONAL and not _is_command(path, function)
    ]
    assert too_many == []


def _is_command(path, function):
    """A command's parameters are its options, which people name and do not count."""
    return "gateway/cli/" in tree.name(path) and function.decorator_list != []


def _positional(function):
    arguments = [*function.args.posonlyargs, *function.args.args]
    return [argument for argument in arguments if argument.arg not in ("self", "cls")]
