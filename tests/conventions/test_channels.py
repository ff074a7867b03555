"""A channel trusts what was configured, never what a request says of itself."""

import re

from tests.conventions import tree

SAYS_OF_ITSELF = re.compile(
    r"request\.(url|base_url|url_root|host|host_url|root_url|scheme|access_route)\b"
    r"|[\"']HTTP_HOST[\"']|[\"']Host[\"']|(get\(|\[)[\"']X-Forwarded|ProxyFix",
    re.IGNORECASE,
)


def test_signatures_are_checked_against_the_configured_address():
    believing = [
        tree.name(path)
        for path in tree.modules("gateway/channels", "gateway/web")
        if SAYS_OF_ITSELF.search(path.read_text())
    ]
    assert believing == []


def test_only_a_channels_own_file_knows_its_provider():
    knows = re.compile(r"^(?:from|import) twilio\b", re.MULTILINE)
    knowing = [tree.name(path) for path in tree.modules(*tree.PACKAGES) if knows.search(path.read_text())]
    assert [name for name in knowing if not name.startswith(("gateway/channels/twilio", "gateway/cli/"))] == []
