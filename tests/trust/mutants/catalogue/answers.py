"""What goes out: exports, headers, tokens of forms."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

EXPORTS = "src/opora/foundation/ui/tests/test_exports.py"
HEADERS = "tests/permissions/test_headers.py"
PRODUCTION = "tests/test_headers.py"
SETTINGS = "config/settings/base.py"
EVERY = tests_of(HEADERS, "test_every_answer_of_every_address_has_its_headers")
NO_PAGE = tests_of(HEADERS, "test_an_answer_to_no_page_has_them_too")

MUTANTS = (
    Mutant(
        "formula-in-csv", "nothing that begins like a formula is run from a CSV",
        "foundation/ui/exports.py",
        "return f\"'{kept}\" if kept.lstrip(LOOKED_PAST).startswith(FORMULA_STARTS) else kept", "return kept",
        tests_of(EXPORTS, "test_what_begins_like_a_formula_is_guarded"),
    ),
    Mutant(
        "formula-in-xlsx", "nothing that begins like a formula is run from an XLSX",
        "foundation/ui/exports.py", '        cell.data_type = "s"\n', "",
        tests_of(EXPORTS, "test_xlsx_cells_are_text_even_when_they_look_like_formulas"),
    ),
    Mutant(
        "pages-stored", "no page is kept by a browser or a proxy",
        "config/middleware.py", '            headers["Cache-Control"] = "no-store, private"\n', "            pass\n",
        NO_PAGE,
    ),
    Mutant(
        "inline-scripts-run", "no inline script is run",
        SETTINGS, '"script-src": [SELF],', '"script-src": [SELF, "\'unsafe-inline\'"],', EVERY,
    ),
    Mutant(
        "foreign-hosts-asked", "no page asks a foreign host",
        SETTINGS, '"default-src": [NONE],', '"default-src": ["https:"],', EVERY,
    ),
    Mutant(
        "page-in-a-frame", "no page is shown in a frame",
        SETTINGS, '"frame-ancestors": [NONE],', '"frame-ancestors": [SELF],', EVERY,
    ),
    Mutant(
        "download-outside-the-sandbox", "a download is shut into a sandbox",
        "config/middleware.py", 'if headers.get("Content-Disposition", "").startswith("attachment"):', "if False:",
        EVERY,
    ),
    Mutant(
        "cookie-over-http", "cookies travel over TLS alone",
        "config/settings/production.py", "SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE = False",
        tests_of(PRODUCTION, "test_cookies_belong_to_this_host_and_travel_over_tls_alone"),
    ),
    Mutant(
        "tokens-of-forms-unchecked", "a form of another site is refused",
        SETTINGS, '    "django.middleware.csrf.CsrfViewMiddleware",\n', "",
        tests_of(HEADERS, "test_a_form_without_its_token_has_them_too"),
    ),
    Mutant(
        "token-of-a-page-unneeded", "no view escapes the check of its token",
        "foundation/access/routes.py", "        guarded.route = declared  # type: ignore[attr-defined]\n",
        "        guarded.route = declared  # type: ignore[attr-defined]\n        guarded.csrf_" + "exempt = True\n",
        tests_of("tests/architecture/test_sources.py", "test_no_view_escapes_the_csrf_check"),
    ),
    Mutant(
        "trace-shown", "a failure shows a number and no trace",
        "foundation/ui/errors.py", 'response = _answer(request, 500, "Ошибка в программе", message, incident=number)',
        'response = _answer(request, 500, "Ошибка в программе", str(sys.exc_info()), incident=number)',
        tests_of("src/opora/foundation/ui/tests/test_pages.py", "test_failure_gives_a_number_and_no_trace"),
    ),
)  # fmt: skip
