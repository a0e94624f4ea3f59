"""The first layer: what each route declares, and what its wrapper does for all of them."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

WRAPPER = "foundation/access/routes.py"
MATRIX = "tests/permissions/test_matrix.py"
GATE = "tests/test_gate.py"
ACCESS = "tests/test_access.py"
STEP_UP = "src/opora/foundation/entrance/tests/test_step_up.py"
SESSIONS = "src/opora/foundation/entrance/tests/test_sessions.py"

MUTANTS = (
    Mutant(
        "route-undeclared", "a route without a declared action fails the build",
        "commission/cases/views.py", '@route("case.view")\n', "",
        tests_of(MATRIX, "test_every_route_is_declared"),
    ),
    Mutant(
        "route-model-dropped", "a page about one row names the model whose wall it stands behind",
        "people/children/views/file.py", '@route("child.view", Child, opens=CHILD_OPENED)',
        '@route("child.view", opens=CHILD_OPENED)',
        tests_of(MATRIX, "test_every_address_of_an_object_is_random"),
    ),
    Mutant(
        "route-right-of-a-list-unchecked", "a list is read by whoever has the right to it",
        WRAPPER, "        require(request.actor, declared.action)\n", "",
        tests_of(ACCESS, "test_the_operator_keeps_staff_and_reads_no_child"),
    ),
    Mutant(
        "route-right-of-a-row-unchecked", "a row is opened by whoever has the right to it",
        WRAPPER, "    require(actor, action)\n    if found is None:", "    if found is None:",
        tests_of("src/opora/people/consents/tests/test_consents.py", "test_who_may_open_the_pages"),
    ),
    Mutant(
        "route-methods-unchecked", "a route answers the methods that it declares and no other",
        WRAPPER, "if request.method not in allowed:", "if request.method is None:",
        tests_of(MATRIX, "test_the_matrix_of[ui:key_hints]", "test_the_matrix_of[journals:certify]"),
    ),
    Mutant(
        "route-head-for-all", "HEAD, which passes by the CSRF check, carries out no deed",
        WRAPPER, '(*declared.methods, "HEAD") if "GET" in declared.methods else declared.methods',
        '(*declared.methods, "HEAD")',
        tests_of(MATRIX, "test_the_matrix_of[journals:certify]"),
    ),
    Mutant(
        "route-deed-by-reading", "a link that somebody is lured to carries out no deed",
        "commission/examinations/views/sessions.py", '@route("visit.release", Visit, methods=("POST",))',
        '@route("visit.release", Visit, methods=("GET", "POST"))',
        tests_of("tests/permissions/test_readings.py", "test_reading_writes_nothing_but_its_event"),
    ),
    Mutant(
        "route-knowledge-unchecked", "what an emergency opens is changed by nobody",
        WRAPPER, "        require_knowledge(request.actor, person_of(found))\n", "        pass\n",
        tests_of("tests/permissions/test_each_layer.py", "test_in_an_emergency_no_route_takes_a_change"),
    ),
    Mutant(
        "route-step-up-dropped", "a change of roles asks for a fresh proof of who it is",
        "foundation/staff/views.py", '@route("staff.change", methods=("GET", "POST"), step_up=True)',
        '@route("staff.change", methods=("GET", "POST"))',
        tests_of(GATE, "test_these_routes_ask_for_a_step_up"),
    ),
    Mutant(
        "step-up-of-the-export-dropped", "the evidence leaves after a fresh proof of who it is",
        "foundation/evidence/views.py", '@route("evidence.export", methods=("GET", "POST"), step_up=True)',
        '@route("evidence.export", methods=("GET", "POST"))',
        tests_of(GATE, "test_a_grave_action_asks_for_a_step_up"),
    ),
    Mutant(
        "step-up-not-asked", "what would hurt most asks for a fresh proof",
        "foundation/access/step_up.py", "if wanted and not recently_proved(request):", "if False:",
        tests_of(STEP_UP, "test_a_page_is_asked_for_and_opens_after_the_password"),
    ),
    Mutant(
        "step-up-from-the-future", "a proof from the future proves nothing",
        "foundation/access/step_up.py", "any(0 <= time.time() - moment <", "any(time.time() - moment <",
        tests_of(STEP_UP, "test_a_proof_from_the_future_proves_nothing"),
    ),
    Mutant(
        "form-carried-out-twice", "the same form twice is one deed",
        WRAPPER, "if not fresh and form.location:", "if False:",
        tests_of(ACCESS, "test_the_same_form_twice_is_one_deed"),
    ),
    Mutant(
        "form-key-of-another-address", "a form's key counts at its own address alone",
        WRAPPER, "key=key, path=request.path[:300])", 'key=key, defaults={"path": request.path[:300]})',
        tests_of(SESSIONS, "test_a_form_key_counts_at_its_own_address_alone"),
    ),
)  # fmt: skip
