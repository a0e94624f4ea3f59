"""The rooms of a school: marks of risk, consent, quorum, who writes and decides, what is given out."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

SIGNALS, CONSILIUM, DUTIES = "school/signals", "school/consilium", "school/duties"
PAPERS, PUPILS = "school/presentations", "school/pupils"
DOORS = "tests/test_risk_doors.py"
TELLING = f"src/opora/{SIGNALS}/tests/test_concerns.py"
SCREENINGS = f"src/opora/{SIGNALS}/tests/test_screenings.py"
MEETINGS = f"src/opora/{CONSILIUM}/tests/test_meetings.py"
TALKS = f"src/opora/{CONSILIUM}/tests/test_pages.py"
BROUGHT = f"src/opora/{DUTIES}/tests/test_brought.py"
WRITING = f"src/opora/{PAPERS}/tests/test_presentations.py"
PACKING = f"src/opora/{PAPERS}/tests/test_packages.py"
CONSENTS = f"src/opora/{PUPILS}/tests/test_consents.py"
CLASSES = f"src/opora/{PUPILS}/tests/test_classes.py"
NO_DOOR = tests_of(DOORS, "test_what_each_row_says_of_itself_is_not_for_strangers")
SILENT = tests_of(DOORS, "test_desk_notices_candidates_and_the_log_keep_silent")
KNOWN_BY = "test_work_makes_its_child_known_to_whoever_does_it_and_to_nobody_else"
READY = tests_of(MEETINGS, "test_nothing_is_signed_without_quorum_outcome_conclusion_or_the_parents_word")


def known_by(work: str) -> tuple[str, ...]:
    """The test of one reason to know a child."""
    return tests_of("tests/test_need_to_know.py", f"{KNOWN_BY}[{work}]")


RISK = (
    Mutant(
        "risk-concern-for-all", "a concern with a mark of risk is for the chair, its author and the psychologist",
        f"{SIGNALS}/querysets.py", "seen = known.filter(Q(suicide_risk=False) | Q(psychologist__user=actor.user))",
        "seen = known", NO_DOOR,
    ),
    Mutant(
        "risk-result-for-all", "a result with a mark of risk is for the chair and whoever ran the screening",
        f"{SIGNALS}/querysets.py", "return rows.filter(Q(suicide_risk=False) | Q(screening__run_by=actor.user))",
        "return rows", NO_DOOR,
    ),
    Mutant(
        "risk-findings-for-leads", "findings of a risk are for the chair and the psychologist",
        f"{SIGNALS}/querysets.py", "return rows.filter(Q(concern__suicide_risk=False) | own)", "return rows", NO_DOOR,
    ),
    Mutant(
        "risk-talk-for-all", "a talk that a risk brought is for those who sit at it",
        f"{CONSILIUM}/querysets.py",
        "return rows if _sees_every_risk(actor) else rows.filter(without_hidden_risk(actor))", "return rows", NO_DOOR,
    ),
    Mutant(
        "risk-papers-of-the-talk-for-all", "what hangs on a talk is narrowed as the talk is",
        f"{CONSILIUM}/querysets.py",
        'return rows if _sees_every_risk(actor) else rows.filter(without_hidden_risk(actor, "item__"))',
        "return rows", NO_DOOR,
    ),
    Mutant(
        "risk-sections-for-leads", "the sections of a talk that a risk brought are narrowed as the talk is",
        f"{CONSILIUM}/querysets.py", '        rows = rows.filter(without_hidden_risk(actor, "item__"))\n', "", NO_DOOR,
    ),
    Mutant(
        "risk-written-by-leads", "no service touches a talk that the actor may not see",
        f"{CONSILIUM}/services/locking.py",
        "if not AgendaItem.objects.kept_for(actor).filter(pk=item.pk).exists():", "if False:",
        tests_of(DOORS, "test_services_refuse_a_lead_who_may_not_see_the_talk"),
    ),
    Mutant(
        "risk-told-by-the-log-of-signals", "the log keeps the narrowing of a mark",
        f"{SIGNALS}/hiding.py", "@hide_events\n", "", SILENT,
    ),
    Mutant(
        "risk-told-by-the-log-of-talks", "the log keeps the narrowing of a talk",
        f"{CONSILIUM}/hiding.py", "@hide_events\n", "", SILENT,
    ),
    Mutant(
        "risk-in-the-journal", "a journal keeps the number of a hidden line and nothing else",
        "records/journals/lines.py", "    if is_hidden(entry):\n        return {\"child_name\"",
        "    if False:\n        return {\"child_name\"",
        tests_of(DOORS, "test_the_journals_keep_the_number_of_a_hidden_line_alone"),
    ),
    Mutant(
        "risk-in-the-protocol", "a protocol closes what its reader may not know",
        f"{CONSILIUM}/services/protocols.py", "if one[\"item\"] in visible else closed for one in parts]",
        "for one in parts]", tests_of(DOORS, "test_the_protocol_closes_what_its_reader_may_not_know"),
    ),
    Mutant(
        "risk-on-paper", "signed papers of a hidden talk are for those who may see it",
        "records/documents/builders/consilium.py",
        "if not AgendaItem.objects.kept_for(actor).filter(pk=item.pk).exists():", "if False:",
        tests_of(DOORS, "test_signed_papers_of_the_talk_are_opened_by_those_who_may_see_it"),
    ),
    Mutant(
        "risk-programme-for-the-head", "a programme because of a risk is not for a head who takes no part",
        "school/programmes/querysets.py", "mine |= ~Q(kind=AT_RISK) | Q(pk__in=_answered_for(actor))",
        "mine |= Q(pk__gt=0)",
        tests_of(DOORS, "test_a_programme_because_of_a_risk_is_not_for_a_head_who_takes_no_part"),
    ),
    Mutant(
        "risk-declined", "a mark of risk is never closed without an examination",
        f"{SIGNALS}/services/concerns.py", "    if fresh.suicide_risk:\n", "    if False:\n",
        tests_of(TELLING, "TestRisk::test_it_is_never_closed_without_an_examination"),
    ),
    Mutant(
        "risk-can-wait", "a mark of risk makes a signal urgent",
        f"{SIGNALS}/services/concerns.py", "urgency=Urgency.TODAY if suicide_risk else urgency", "urgency=urgency",
        tests_of(TELLING, "TestRisk::test_it_cannot_wait_and_the_chair_learns_at_once"),
    ),
    Mutant(
        "risk-only-watched", "a result with a mark of risk goes to a meeting",
        f"{SIGNALS}/services/screenings.py", "if how == Settled.WATCHED and found.suicide_risk:", "if False:",
        tests_of(SCREENINGS, "TestAttention::test_watching_needs_a_reason_and_never_covers_a_risk"),
    ),
    Mutant(
        "risk-called-for-later", "at a risk the meeting is held on the same day",
        f"{CONSILIUM}/services/meetings.py", "if concern is not None and concern.suicide_risk and day > on:",
        "if False:",
        tests_of(MEETINGS, "test_at_a_risk_the_meeting_is_called_for_today_and_hidden_from_the_others"),
    ),
)  # fmt: skip

CONSENT = (
    Mutant(
        "examined-without-consent", "nobody examines without the family's consent",
        f"{SIGNALS}/services/examining.py", "if consent_for(fresh, held_on) is None:", "if False:",
        tests_of(TELLING, "TestExamining::test_without_consent_nothing_is_examined_and_the_page_says_what_can_be_done"),
    ),
    Mutant(
        "consent-of-a-later-day", "a consent covers no examination before it",
        f"{PUPILS}/querysets.py", "last = self.filter(child=child, signed_on__lte=day)",
        "last = self.filter(child=child)",
        tests_of(TELLING, "TestExamining::test_consent_of_a_later_day_does_not_cover_an_earlier_examination"),
    ),
    Mutant(
        "consent-outlives-a-refusal", "a refusal after a consent counts in every room",
        f"{PUPILS}/querysets.py", "self.filter(~Exists(refused), answer=", "self.filter(answer=",
        tests_of(CONSENTS, "test_a_refusal_after_a_consent_counts"),
    ),
    Mutant(
        "school-consent-of-a-stranger", "consent is given by whoever represents the child",
        f"{PUPILS}/services/consents.py", "if link is None or (link.ended_on and link.ended_on < signed_on):",
        "if False:", tests_of(CONSENTS, "test_the_mother_of_another_child_does_not_answer"),
    ),
    Mutant(
        "presentation-without-consent", "a specialist writes with the family's consent alone",
        f"{PAPERS}/sheet.py", "return ExaminationConsent.objects.in_force().filter(child=child).exists()",
        "return True", tests_of(WRITING, "test_specialist_writes_only_with_the_parents_consent_and_teacher_without"),
    ),
    Mutant(
        "examined-by-another", "a child is examined by the psychologist to whom the signal was sent",
        f"{SIGNALS}/services/examining.py",
        "if fresh.psychologist is None or fresh.psychologist.user_id != actor.person.pk:",
        "if fresh.psychologist is None:",
        tests_of(TELLING, "TestExamining::test_only_the_psychologist_to_whom_it_was_sent_examines"),
    ),
)  # fmt: skip

DECISIONS = (
    Mutant(
        "signed-without-quorum", "nothing is signed without a quorum",
        f"{CONSILIUM}/readiness.py", "if not counted.is_met:", "if False:", READY,
    ),
    Mutant(
        "signed-without-the-parents", "what the parents said is written down before the signatures",
        f"{CONSILIUM}/readiness.py", "if not item.parents_answer:", "if False:", READY,
    ),
    Mutant(
        "offered-with-obstacles", "an opinion that is not ready is not offered for signatures",
        f"{CONSILIUM}/services/opinions.py", "if found := obstacles(fresh):",
        "if (found := obstacles(fresh)) and False:", READY,
    ),
    Mutant(
        "signed-by-a-guest", "an opinion is signed by the members who are present",
        f"{CONSILIUM}/services/opinions.py", "    if post is None:\n        raise PermissionDenied",
        "    post = post or present[-1]\n    if post is None:\n        raise PermissionDenied",
        tests_of(MEETINGS, "test_each_signs_for_himself_and_a_dissent_stays_with_its_text"),
    ),
    Mutant(
        "talk-changed-under-signatures", "while an opinion is signed nothing of it changes",
        f"{CONSILIUM}/services/locking.py", "if not item.is_writable:", "if False:",
        tests_of(MEETINGS, "test_while_it_is_signed_nothing_changes_and_it_can_be_taken_back"),
    ),
    Mutant(
        "decided-by-a-member", "what a meeting decides is written down by a lead, its chair or its secretary",
        f"{CONSILIUM}/services/locking.py", "if actor.user is None or actor.roles & LEADS:", "if True:",
        tests_of(DOORS, "test_a_member_who_keeps_no_meeting_decides_nothing"),
    ),
    Mutant(
        "meeting-ended-half-way", "a meeting ends when each child has its opinion or was postponed",
        f"{CONSILIUM}/services/meetings.py", "    if left:\n", "    if False:\n",
        tests_of(MEETINGS, "test_a_whole_meeting_of_three_children"),
    ),
    Mutant(
        "protocol-of-a-running-meeting", "a protocol is numbered when the meeting is over",
        f"{CONSILIUM}/services/protocols.py", "if fresh.state != ConsiliumMeeting.State.HELD:", "if False:",
        tests_of(MEETINGS, "test_the_protocol_has_its_term_and_its_number_can_be_annulled"),
    ),
    Mutant(
        "presentation-to-the-parents", "a specialist's presentation is never given out by hand",
        f"{PAPERS}/services/packages.py", "if not paper_of(presentation).to_parent:", "if False:",
        tests_of(PACKING, "test_characteristic_is_given_against_a_signature_and_a_presentation_never"),
    ),
    Mutant(
        "diagnostics-for-teachers", "a class teacher reads no presentation of a specialist",
        f"{PAPERS}/querysets.py", "if actor is None or actor.user is None or reads_diagnostics(actor):", "if True:",
        tests_of(WRITING, "test_class_teacher_does_not_read_diagnostics_and_a_stranger_sees_nothing"),
    ),
    Mutant(
        "duty-marked-by-anybody", "a condition is marked by whoever answers for it and by the keepers",
        f"{DUTIES}/services/duties.py", "if not may_mark(actor, fresh):", "if False:",
        tests_of(BROUGHT, "test_whoever_answers_marks_his_own_and_nobody_elses"),
    ),
    Mutant(
        "adapted-without-the-parents", "an adapted programme is taught with the parents' consent alone",
        f"{DUTIES}/services/duties.py", "if adapted and duty.brought.parents_answer not in AGREED:", "if False:",
        tests_of(BROUGHT, "test_an_adapted_programme_waits_for_the_parents"),
    ),
    Mutant(
        "ended-conclusion-changed", "an ended conclusion is only read",
        f"{DUTIES}/services/duties.py", "    if brought.ended_on:\n", "    if False:\n",
        tests_of(BROUGHT, "test_an_ended_conclusion_is_only_read"),
    ),
    Mutant(
        "former-class-known", "a class teacher knows the children of the present class alone",
        f"{PUPILS}/permissions.py", "present = Placement.objects.present()", "present = Placement.objects.all()",
        tests_of(CLASSES, "test_a_teacher_knows_the_children_of_the_present_class_alone"),
    ),
)  # fmt: skip

KNOWN = (
    Mutant(
        "talk-of-others-known", "the children of an agenda are known by the members of the meeting",
        f"{CONSILIUM}/permissions.py", "meeting__members__position__user=actor.user", "meeting__isnull=False",
        known_by("member"),
    ),
    Mutant(
        "invitation-of-others-known", "a child is known by those who are invited to its talk",
        f"{CONSILIUM}/permissions.py", "filter(position__user=actor.user", "filter(item__isnull=False",
        known_by("invited"),
    ),
    Mutant(
        "leading-of-others-known", "a child is known by its leading specialist",
        f"{CONSILIUM}/permissions.py", "leading__user=actor.user", "child__isnull=False", known_by("leading"),
    ),
    Mutant(
        "duty-of-others-known", "a child is known by whoever answers for its condition",
        f"{DUTIES}/permissions.py", "responsible__user=actor.user", "brought__isnull=False", known_by("duty"),
    ),
    Mutant(
        "duty-of-an-ended-conclusion-known", "an ended conclusion makes nobody know the child",
        f"{DUTIES}/permissions.py", "SchoolDuty.objects.of_present()", "SchoolDuty.objects.all()",
        tests_of(BROUGHT, "test_answering_for_a_condition_makes_the_child_known_while_the_conclusion_holds"),
    ),
    Mutant(
        "presentation-of-others-known", "a child is known by whoever writes of it",
        f"{PAPERS}/permissions.py", "author__user=actor.user", "child__isnull=False", known_by("presentation"),
    ),
    Mutant(
        "request-taken-back-known", "a request that is taken back makes nobody know the child",
        f"{PAPERS}/permissions.py", "return mine.exclude(state=Presentation.State.CANCELLED)", "return mine",
        tests_of(WRITING, "test_a_request_makes_the_child_known_and_taking_it_back_ends_that"),
    ),
    Mutant(
        "concern-of-others-known", "a child is known by the psychologist to whom its signal was sent",
        f"{SIGNALS}/permissions.py", "psychologist__user=actor.user", "child__isnull=False", known_by("concern"),
    ),
    Mutant(
        "screening-of-others-known", "the children of a screening are known by whoever runs it",
        f"{SIGNALS}/permissions.py", "screening__run_by=actor.user", "child__isnull=False", known_by("screening"),
    ),
    Mutant(
        "class-of-others-known", "the children of a class are known by its teacher",
        f"{PUPILS}/permissions.py", "school_class__teacher__user=actor.user", "school_class__isnull=False",
        tests_of(CLASSES, "test_a_teacher_knows_the_children_of_the_present_class_alone"),
    ),
)  # fmt: skip

MUTANTS = (*RISK, *CONSENT, *DECISIONS, *KNOWN)
