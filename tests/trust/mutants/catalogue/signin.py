"""Sign-in: throttle, second factor, sessions, passwords."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ROOM = "foundation/entrance"
TESTS = "src/opora/foundation/entrance/tests"
THROTTLE, FACTORS = f"{TESTS}/test_throttle.py", f"{TESTS}/test_factors.py"
SESSIONS, SIGN_IN = f"{TESTS}/test_sessions.py", f"{TESTS}/test_sign_in.py"
GATE = "tests/test_gate.py"
ACCESS = "tests/test_access.py"

MUTANTS = (
    Mutant(
        "throttle-off", "guessing of passwords is slowed",
        f"{ROOM}/throttle.py", "    if seconds > 0:\n", "    if False:\n",
        tests_of(THROTTLE, "test_the_wait_grows_and_the_right_password_waits_too"),
    ),
    Mutant(
        "throttle-forgets-the-address", "one address that tries many logins is slowed",
        f"{ROOM}/throttle.py", '_due(told["place"] - ADDRESS_FREE, told["place_last"], mine.at),', "0,",
        tests_of(THROTTLE, "test_one_address_that_tries_many_logins_is_slowed"),
    ),
    Mutant(
        "device-forged", "a forged device is a strange one",
        f"{ROOM}/devices.py", "any(constant_time_compare(own, mark) for mark in marks)", "marks",
        tests_of(THROTTLE, "test_a_forged_device_is_a_strange_one"),
    ),
    Mutant(
        "codes-guessed", "guessing of codes is slowed",
        f"{ROOM}/forms.py", "attempt = throttle.begin(throttle.knock_by_code(context.request, self.user))",
        'attempt = type("Free", (), {"delete": lambda self: None})()',
        tests_of(FACTORS, "test_guessing_codes_is_slowed"),
    ),
    Mutant(
        "code-used-twice", "a code is good for one use on any worker",
        f"{ROOM}/forms.py", "if any(constant_time_compare(mark, one) for one, _ in used):", "if False:",
        tests_of(FACTORS, "test_a_code_is_good_once_also_on_another_worker"),
    ),
    Mutant(
        "second-factor-not-required", "without a second factor nothing is reached where one is required",
        f"{ROOM}/middleware.py",
        'return "entrance:required" if place is not None and place.requires_second_factor else ""', 'return ""',
        tests_of(GATE, "test_without_a_second_factor_no_route_is_reached_but_those_that_set_it_up"),
    ),
    Mutant(
        "last-factor-removed", "where a second factor is required, the last one stays",
        f"{ROOM}/adapters.py", "return bool(others.exists())", "return True",
        tests_of(FACTORS, "test_the_last_factor_stays_where_one_is_required"),
    ),
    Mutant(
        "factor-in-the-clear", "the secret of a second factor is sealed in the database",
        f"{ROOM}/adapters.py", "return seal(text)", "return text",
        tests_of(FACTORS, "test_the_secret_is_sealed_in_the_database"),
    ),
    Mutant(
        "given-password-kept", "a given password opens the page that changes it and no other",
        f"{ROOM}/middleware.py", "if request.user.must_change_password:", "if False:",
        tests_of(GATE, "test_with_a_given_password_no_route_is_reached_but_the_one_that_changes_it"),
    ),
    Mutant(
        "ended-session-lives", "a session that was ended is no session",
        f"{ROOM}/middleware.py", "user=request.user.pk, ended_at=None)", "user=request.user.pk)",
        tests_of(SESSIONS, "test_a_session_put_back_into_the_store_after_its_end_is_no_session"),
    ),
    Mutant(
        "sessions-outlive-the-password", "a changed password ends the other sessions",
        f"{ROOM}/services.py",
        '    sessions_end_others(actor=actor, current=request.session.get(SESSION, ""))\n', "",
        tests_of(SESSIONS, "test_a_changed_password_ends_the_other_sessions_and_keeps_this_one"),
    ),
    Mutant(
        "dismissed-goes-on", "a dismissal takes effect at the next request",
        "foundation/access/querysets.py",
        "return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), started_on__lte=day)",
        "return self.filter(started_on__lte=day)",
        tests_of(ACCESS, "test_a_dismissed_person_loses_rights_at_the_next_request"),
    ),
    Mutant(
        "session-without-an-end", "a session ends twelve hours after sign-in",
        "foundation/access/middleware.py", "if now - request.session.setdefault(STARTED, now) > settings.SESSION_",
        "if now - request.session.setdefault(STARTED, now) > 10**9 + settings.SESSION_",
        tests_of(ACCESS, "test_a_session_ends_twelve_hours_after_sign_in_however_busy"),
    ),
    Mutant(
        "another-commission-by-a-password", "a head does not come to another commission's children by a new password",
        f"{ROOM}/services.py",
        "if any(place.pk != actor.at.pk for place in workplaces_of(position.user, timezone.localdate())):", "if False:",
        tests_of(SESSIONS, "test_a_head_does_not_come_to_another_commissions_children_by_a_new_password"),
    ),
    Mutant(
        "forwarded-address-believed", "the headers of a proxy are believed where there is one",
        f"{ROOM}/addresses.py", "if settings.BEHIND_PROXY:", "if True:",
        tests_of(SIGN_IN, "test_the_address_is_taken_from_the_proxy_only_where_there_is_one"),
    ),
)  # fmt: skip
