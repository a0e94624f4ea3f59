"""Programmes of support: who reads and writes them, what stands in the way of a step, terms, marks."""

from __future__ import annotations

from ..mutant import Mutant, tests_of
from .school import known_by

PROGRAMMES = "school/programmes"
DOORS, KNOWING = "tests/test_risk_doors.py", "tests/test_need_to_know.py"
OVER = "test_a_programme_that_is_over_makes_nobody_know"
PATH = f"src/opora/{PROGRAMMES}/tests/test_path.py"
FOLLOWING = f"src/opora/{PROGRAMMES}/tests/test_following.py"
SHEETS = f"src/opora/{PROGRAMMES}/tests/test_pages.py"
MARKING = tests_of(FOLLOWING, "test_who_marks_and_what_is_refused")
TEACHER = tests_of(SHEETS, "test_a_class_teacher_reads_tasks_and_own_activities_and_no_diagnostics")

MUTANTS = (
    Mutant(
        "programme-for-all", "a programme is for whoever's work it is",
        f"{PROGRAMMES}/querysets.py", "        return rows.filter(own_work(actor, whole=False))\n",
        "        return rows\n",
        tests_of(DOORS, "test_a_participant_who_knows_the_child_otherwise_reads_no_programme"),
    ),
    Mutant(
        "programme-of-others-known", "the child of a programme is known by its curator",
        f"{PROGRAMMES}/permissions.py", "curator__user=actor.user", "child__isnull=False", known_by("curator"),
    ),
    Mutant(
        "activity-of-others-known", "the child of a programme is known by those who answer for its activities",
        f"{PROGRAMMES}/permissions.py", "responsible__user=actor.user", "task__isnull=False", known_by("activity"),
    ),
    Mutant(
        "stopped-programme-known", "a programme that was stopped makes nobody know the child",
        f"{PROGRAMMES}/permissions.py", "held & Q(status__in=(Status.FINISHED, Status.CONTINUED))",
        "held & Q(status__in=ENDED)", tests_of(KNOWING, f"{OVER}[curator-cancelled]"),
    ),
    Mutant(
        "programme-of-a-former-curator-known", "a curator reads what he has led while he holds that post",
        f"{PROGRAMMES}/permissions.py", "led = held & Q(", "led = Q(",
        tests_of(KNOWING, "test_a_curator_reads_what_he_has_led_to_its_end_while_he_holds_that_post"),
    ),
    Mutant(
        "activity-of-a-finished-programme-known", "a programme that is over makes nobody know the child",
        f"{PROGRAMMES}/permissions.py", "return mine.exclude(programme__status__in=ENDED)", "return mine",
        tests_of(KNOWING, f"{OVER}[activity-finished]"),
    ),
    Mutant(
        "grounds-for-teachers", "a class teacher reads no grounds, diagnostics, words of the family",
        f"{PROGRAMMES}/querysets.py", "if not whole or Role.SCHOOL_SPECIALIST in actor.roles:", "if True:",
        TEACHER,
    ),
    Mutant(
        "all-lines-for-teachers", "a class teacher reads his own activities of the plan",
        f"{PROGRAMMES}/querysets.py",
        "return rows.filter(Q(programme__in=readable(actor, whole=True)) | Q(responsible__user=actor.user))",
        "return rows.filter(programme__in=readable(actor, whole=False))", TEACHER,
    ),
    Mutant(
        "programme-by-any-curator", "a programme is written by its own curator and the chair",
        f"{PROGRAMMES}/services/steps.py",
        "return actor.user is not None and programme.curator.user_id == actor.user.pk", "return True",
        tests_of(SHEETS, "test_a_participant_does_not_write_in_the_programme"),
    ),
    Mutant(
        "step-of-a-programme-out-of-turn", "a step is made in the state that the table allows",
        f"{PROGRAMMES}/services/steps.py", "if programme.status not in row.source:", "if False:",
        tests_of(FOLLOWING, "test_only_the_chair_decides_and_only_a_running_programme_ends"),
    ),
    Mutant(
        "shown-programme-changed", "what the family has is not changed under its hands",
        f"{PROGRAMMES}/services/steps.py", "    if programme.status == Status.DRAFT:\n        return\n", "    return\n",
        tests_of(PATH, "test_taken_back_the_draft_is_changed_and_shown_anew"),
    ),
    Mutant(
        "term-under-the-limit", "no programme is shorter than its kind allows",
        f"{PROGRAMMES}/services/drafting.py", "    if shortest.allows(ends_on):\n", "    if True:\n",
        tests_of(SHEETS, "test_a_term_under_the_limit_is_refused_with_its_clause"),
    ),
    Mutant(
        "activity-outside-the-term", "an activity stays within the dates of its programme",
        f"{PROGRAMMES}/services/planning.py", "if programme.ends_on and day > programme.ends_on:", "if False:",
        tests_of(SHEETS, "test_an_activity_outside_the_dates_is_refused_beside_its_field"),
    ),
    Mutant(
        "second-programme", "a child has one open programme",
        f"{PROGRAMMES}/services/opening.py", "    if running is not None:\n", "    if False:\n",
        tests_of(PATH, "test_a_child_has_one_open_programme"),
    ),
    Mutant(
        "curator-who-left", "a curator works here and has signed the undertaking",
        f"{PROGRAMMES}/services/opening.py", "if not curators_on(actor, on).filter(pk=curator.pk).exists():",
        "if False:", tests_of(PATH, "test_a_curator_who_left_is_not_named"),
    ),
    Mutant(
        "agreed-with-warnings", "each warning is passed over with a reason",
        f"{PROGRAMMES}/services/agreeing.py", "if warnings and len(reason.strip()) < SHORTEST_REASON:", "if False:",
        tests_of(PATH, "test_a_programme_without_activities_for_parents_needs_a_reason"),
    ),
    Mutant(
        "agreed-against-the-family", "about a programme without the family's consent the chair decides",
        f"{PROGRAMMES}/services/agreeing.py", "and not actor.has(Role.CONSILIUM_CHAIR):", "and False:",
        tests_of(PATH, "test_after_a_refusal_only_the_chair_decides_and_says_why"),
    ),
    Mutant(
        "agreed-unanswered", "nothing is agreed without the family's answer",
        f"{PROGRAMMES}/services/agreeing.py",
        "    if blocks:\n        raise Refusal(blocks[0].code, blocks[0].message, blocks[0].clause)\n", "",
        tests_of(PATH, "test_without_an_answer_of_the_family_nothing_is_agreed"),
    ),
    Mutant(
        "answer-of-a-strange-family", "the answer is that of the child's representative",
        f"{PROGRAMMES}/services/agreeing.py", "    if not present.exists():\n", "    if False:\n",
        tests_of(PATH, "test_the_words_of_another_family_are_not_taken"),
    ),
    Mutant(
        "proposal-on-an-approved-programme", "an approved programme takes no proposals into its draft",
        f"{PROGRAMMES}/services/agreeing.py", "if fresh.status not in (Status.DRAFT, Status.FAMILY):", "if False:",
        tests_of(PATH, "test_a_proposal_is_answered_and_an_approved_programme_takes_none"),
    ),
    Mutant(
        "approved-with-blocks", "the director approves nothing that is blocked meanwhile",
        f"{PROGRAMMES}/services/approving.py", "    if blocks:\n", "    if False:\n",
        tests_of(PATH, "test_the_director_approves_nothing_with_a_curator_who_left"),
    ),
    Mutant(
        "marked-by-anybody", "an activity is marked by whoever answers for it, the curator and the leads",
        f"{PROGRAMMES}/services/following.py", "    if not may_mark(actor, fresh):\n", "    if False:\n", MARKING,
    ),
    Mutant(
        "marked-in-advance", "nothing is marked for a day that has not come",
        f"{PROGRAMMES}/services/following.py", "    if day > timezone.localdate():\n", "    if False:\n", MARKING,
    ),
    Mutant(
        "observed-by-anybody", "observations are written down by those who take part",
        f"{PROGRAMMES}/services/following.py", "    if not may_observe(actor, fresh):\n", "    if False:\n",
        tests_of(FOLLOWING, "test_another_teacher_may_not_observe"),
    ),
    Mutant(
        "running-programme-changed-in-silence", "a running programme is changed for a reason",
        f"{PROGRAMMES}/services/drafting.py", "        if not reason.strip():\n", "        if False:\n",
        tests_of(PATH, "test_a_running_programme_changes_for_a_reason_and_keeps_a_version"),
    ),
)  # fmt: skip
