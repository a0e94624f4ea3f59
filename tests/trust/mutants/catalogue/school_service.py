"""The support service: the log, groups, cards and votes, plans, passports, contacts, the head's desk, the analysis."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

AT = "school/support"
LOG, GROUPS, CARDS, CONTACTS = f"{AT}/worklog", f"{AT}/groups", f"{AT}/cards", f"{AT}/contacts"
PASSPORTS, PLANS, LEADING, ANALYSIS = f"{AT}/passports", f"{AT}/plans", f"{AT}/leading", f"{AT}/analysis"
ENTRIES, WALLS = f"src/opora/{LOG}/tests/test_entries.py", f"src/opora/{LOG}/tests/test_walls.py"
COUNTING = f"src/opora/{LOG}/tests/test_counting.py"
GROUPING = f"src/opora/{GROUPS}/tests/test_services.py"
DECIDING, ASKING = f"src/opora/{CARDS}/tests/test_deciding.py", f"src/opora/{CARDS}/tests/test_pages.py"
HELP = f"src/opora/{CONTACTS}/tests/test_contacts.py"
STEPS, FIGURES = f"src/opora/{PASSPORTS}/tests/test_steps.py", f"src/opora/{PASSPORTS}/tests/test_pages.py"
FILLING = f"src/opora/{PASSPORTS}/tests/test_filling.py"
PLANNING = f"src/opora/{PLANS}/tests/test_path.py"
HEAD = f"src/opora/{LEADING}/tests/test_leading.py"
YEARS, BEHIND = f"src/opora/{ANALYSIS}/tests/test_path.py", f"src/opora/{ANALYSIS}/tests/test_pages.py"
PAPERS = "src/opora/records/documents/tests/test_service_papers.py"
JOURNALS = "src/opora/records/journals/tests/test_service_journals.py"
LISTS = "src/opora/school/pupils/tests/test_importing.py"
AT_ONCE = "tests/test_at_once.py"
LATER = "test_the_later_one_is_refused_in_words_and_nothing_stands_twice"
OWN_WORDS = "TestSeen::test_another_specialist_who_knows_the_child_sees_his_own_words_alone"
DRAFT = tests_of(ENTRIES, "test_a_draft_opens_nothing_and_counts_nowhere")
QUESTION = tests_of(DECIDING, "test_what_the_question_opens_ends_with_the_decision")
GROUND = tests_of(HELP, "test_nothing_about_a_child_goes_without_its_ground")
REQUEST = tests_of(HELP, "test_a_written_request_has_to_be_decided_and_answers_whoever_asked")
OWN_HELP = tests_of(HELP, "test_a_specialist_sees_his_own_and_knows_the_child_until_the_answer")
ENDED = tests_of(GROUPING, "test_a_post_that_ended_and_a_closed_group_make_nobody_known")
RISK = tests_of(FIGURES, "test_marks_of_risk_are_withheld_from_the_teacher")

WORK = (
    Mutant(
        "log-for-all", "an entry is read by its author and those who lead the service",
        f"{LOG}/querysets.py", "if actor.roles & READ_ALL else own", "if True else own", tests_of(ENTRIES, OWN_WORDS),
    ),
    Mutant(
        "draft-makes-known", "a draft opens no child",
        f"{LOG}/permissions.py", "entry__is_draft=False, entry__on__gte=begun", "entry__on__gte=begun", DRAFT,
    ),
    Mutant(
        "log-knows-for-ever", "an entry of an earlier school year makes nobody known",
        f"{LOG}/permissions.py", "entry__is_draft=False, entry__on__gte=begun", "entry__is_draft=False",
        tests_of(ENTRIES, "test_a_pupil_found_on_the_roll_becomes_known_until_the_school_year_ends"),
    ),
    Mutant(
        "found-child-unsaid", "whoever begins to work with an unknown pupil leaves an event",
        f"{LOG}/services/writing.py", "if not entry.is_draft:", "if False:",
        tests_of(ENTRIES, "test_a_pupil_found_on_the_roll_becomes_known_until_the_school_year_ends"),
    ),
    Mutant(
        "closed-month-changed", "entries of a closed month are the head's to mend",
        f"{LOG}/services/entries.py", "    if not needs_reason(actor, entry, today):\n", "    if True:\n",
        tests_of(ENTRIES, "TestChanges::test_a_closed_month_is_mended_by_the_head_with_a_reason"),
    ),
    Mutant(
        "mended-with-words", "the reason of a change is a code: events keep no words",
        f"{LOG}/services/entries.py", "if reason not in Why.values:", "if not reason:",
        tests_of(WALLS, "test_the_reason_of_a_change_is_a_code_that_names_nobody"),
    ),
    Mutant(
        "named-topic", "topic, content and outcome name no child of the entry",
        f"{LOG}/checking.py", "if child.last_name and re.search(", "if child.last_name and re.fullmatch(",
        tests_of(WALLS, "test_words_that_outlive_the_card_name_no_child_of_the_entry"),
    ),
    Mutant(
        "named-topic-of-another", "topic, content and outcome name no other pupil either",
        f"{LOG}/checking.py", "    if word:\n", "    if False:\n",
        tests_of(WALLS, "test_what_may_be_the_surname_of_another_pupil_is_asked_about"),
    ),
    Mutant(
        "words-for-all-who-lead", "what was seen of a child is for the author of the entry and the head",
        f"{LOG}/querysets.py", "return own or bool(actor.roles & READ_WORDS)", "return True",
        tests_of(COUNTING, "test_a_printed_journal_holds_notes_for_those_who_read_them"),
    ),
    Mutant(
        "two-works-at-once", "nobody works in two places at once",
        f"{LOG}/checking.py", "starts_at < other.ends_at and other.starts_at < end:", "starts_at == other.ends_at:",
        tests_of(ENTRIES, "test_two_pieces_of_work_at_once_are_refused_with_the_other_named"),
    ),
    Mutant(
        "log-examined-without-consent", "a child is examined with the consent of its parents alone",
        f"{LOG}/checking.py", "    if without:\n", "    if False:\n",
        tests_of(ENTRIES, "test_a_child_is_examined_with_consent_alone"),
    ),
    Mutant(
        "lesson-of-others-logged", "a lesson is logged by whoever holds it",
        f"{LOG}/services/lessons.py",
        "if actor.user is not None and lesson.group.leader.user_id != actor.user.pk:", "if False:",
        tests_of(ENTRIES, "TestLessons::test_what_cannot_be_logged"),
    ),
    Mutant(
        "foreign-material", "rows of another school do not come into an entry",
        f"{LOG}/services/entries.py", "    require_all_own(actor, work.plan_item, work.material)\n", "",
        tests_of(WALLS, "test_rows_of_another_school_do_not_come_in"),
    ),
    Mutant(
        "journal-of-others-printed", "a journal is printed by its keeper and those who read all",
        "records/journals/services/worklog.py", "if not own and not reads_all(actor):", "if False:",
        tests_of(JOURNALS, "test_the_service_too_refuses_the_journal_of_others"),
    ),
)  # fmt: skip

TEACHING = (
    Mutant(
        "group-over-limit", "a full group takes nobody",
        f"{GROUPS}/services/members.py", "if count >= group.limit:", "if False:",
        tests_of(GROUPING, "test_a_full_group_takes_nobody"),
    ),
    Mutant(
        "strange-ground", "the ground of a lesson is the child's own and holds on the day",
        f"{GROUPS}/services/members.py",
        '    if offer.key not in held:\n        raise Refusal("no_ground", NO_GROUND, ON_GROUND, "ground")\n'
        "    return held[offer.key]",
        "    return offer", tests_of(GROUPING, "test_another_childs_ground_is_no_ground"),
    ),
    Mutant(
        "former-member-known", "whoever has left a group is known to its leader no more",
        f"{GROUPS}/permissions.py", "GroupMember.objects.present(today).filter(", "GroupMember.objects.filter(",
        tests_of(GROUPING, "test_a_leader_knows_the_child_while_it_is_in_the_group"),
    ),
    Mutant(
        "closed-group-known", "a closed group makes nobody known",
        f"{GROUPS}/permissions.py", ".present(today).filter(group__closed_on__isnull=True)", ".present(today)", ENDED,
    ),
    Mutant(
        "group-of-a-former-post-known", "a post that has ended makes nobody known",
        f"{GROUPS}/permissions.py", "present.filter(held, group__leader", "present.filter(group__leader", ENDED,
    ),
    Mutant(
        "named-group", "the title of a group names no child",
        f"{GROUPS}/services/groups.py", "    if word:\n", "    if False:\n",
        tests_of(GROUPING, "test_a_title_names_no_child"),
    ),
)  # fmt: skip

TOGETHER = (
    Mutant(
        "word-for-another", "a specialist says his own word",
        f"{CARDS}/services/deciding.py", "if actor.user is None or fresh.position.user_id != actor.user.pk:",
        "if False:", tests_of(DECIDING, "test_nobody_speaks_for_another_and_only_the_head_excuses"),
    ),
    Mutant(
        "decided-against", "a decision with a word against it is not taken",
        f"{CARDS}/deciding.py", "if Answer.AGAINST in said or Answer.AGREE not in said:",
        "if Answer.AGREE not in said:",
        tests_of(DECIDING, "test_taken_only_when_all_have_answered_and_none_is_against"),
    ),
    Mutant(
        "decided-early", "a decision waits for every specialist",
        f"{CARDS}/deciding.py", "    if Answer.WAITING in said:\n", "    if said == {Answer.WAITING}:\n",
        tests_of(DECIDING, "test_taken_only_when_all_have_answered_and_none_is_against"),
    ),
    Mutant(
        "word-after-the-decision", "no word is changed once the decision is taken",
        f"{CARDS}/services/deciding.py", "if vote.decision.outcome != Outcome.WAITING:", "if False:",
        tests_of(DECIDING, "test_a_word_is_changed_while_others_are_awaited_and_not_later"),
    ),
    Mutant(
        "against-in-silence", "whoever is against says why",
        f"{CARDS}/services/deciding.py", "if answer == Answer.AGAINST and not words.strip():", "if False:",
        tests_of(ASKING, "test_a_word_is_one_press_and_no_asks_why"),
    ),
    Mutant(
        "question-opens-for-ever", "what a question opens to a specialist ends with the decision",
        f"{CARDS}/permissions.py", "DecisionVote.objects.filter(decision__outcome=CardDecision.Outcome.WAITING)",
        "DecisionVote.objects.all()", QUESTION,
    ),
    Mutant(
        "second-card", "a child has one card in work",
        f"{CARDS}/services/proposing.py", "    if found is None:\n        return\n    words", "    return\n    words",
        tests_of(DECIDING, "test_one_card_in_work_and_a_ground_with_words"),
    ),
    Mutant(
        "second-card-at-once", "of two cards proposed at once the later is refused in words",
        f"{CARDS}/services/proposing.py", "    except IntegrityError:\n", "    except ZeroDivisionError:\n",
        tests_of(AT_ONCE, f"{LATER}[card-in_work]"),
    ),
    Mutant(
        "card-after-the-withdrawal", "a card is led no more once the consent is withdrawn",
        f"{CARDS}/leaving.py", "    _end(actor, child, on, SupportCard.CloseReason.PARENTS)\n", "    return\n",
        tests_of(DECIDING, "test_a_withdrawn_consent_closes_the_card_and_a_consent_to_examination_does_not"),
    ),
    Mutant(
        "told-without-ground", "nothing about a child goes out without its ground",
        f"{CONTACTS}/services.py", "if ground == Ground.NOBODY and kind == Kind.HELP:", "if False:", GROUND,
    ),
    Mutant(
        "told-without-consent", "a consent is told with its day and its parent",
        f"{CONTACTS}/services.py", "if ground == Ground.CONSENT and not consent_note.strip():", "if False:", GROUND,
    ),
    Mutant(
        "told-on-an-undecided-request", "on a written request the director decides first",
        f"{CONTACTS}/services.py",
        "if disclosure.decision != Disclosure.Decision.GIVE or disclosure.state not in GIVEN:", "if False:", REQUEST,
    ),
    Mutant(
        "told-to-another-body", "data goes to whoever has asked for it",
        f"{CONTACTS}/services.py",
        "if disclosure is not None and (body is None or disclosure.recipient_id != body.pk):", "if False:", REQUEST,
    ),
    Mutant(
        "help-of-others-read", "a request for help is for its author and those who lead",
        f"{CONTACTS}/querysets.py", "return rows.filter(position__user=actor.user)", "return rows",
        tests_of(HELP, "test_a_request_about_nobody_is_for_its_author_and_those_who_lead"),
    ),
    Mutant(
        "answered-help-known", "an answered request makes nobody know the child",
        f"{CONTACTS}/permissions.py", "return rows.filter(Q(outcome=OutsideContact.Outcome.WAITING) | late)",
        "return rows", OWN_HELP,
    ),
    Mutant(
        "court-told-to-all", "that a court has asked is told to those who keep requests",
        f"{CONTACTS}/forms.py", 'if not may(actor, "disclosure.view"):', "if False:",
        tests_of(HELP, "test_that_a_court_has_asked_is_told_only_to_those_who_keep_requests"),
    ),
)  # fmt: skip

PAPER = (
    Mutant(
        "plan-of-a-colleague-read", "a colleague's plan is his until it is approved",
        f"{PLANS}/querysets.py", "else rows.filter(_readable(actor))", "else rows",
        tests_of(PLANNING, "test_nobody_writes_in_the_plan_of_another"),
    ),
    Mutant(
        "plan-of-a-colleague-written", "a plan is written by its owner and the head",
        f"{PLANS}/services/steps.py",
        "own = plan.owner is not None and actor.user is not None and plan.owner.user_id == actor.user.pk",
        "own = True", tests_of(PLANNING, "test_nobody_writes_in_the_plan_of_another"),
    ),
    Mutant(
        "approved-past-the-head", "the director approves what the head has examined",
        f"{AT}/approval/flow.py", '"Утвердить", (Status.EXAMINED,)', '"Утвердить", (Status.SUBMITTED, Status.EXAMINED)',
        tests_of(PLANNING, "test_the_path_of_a_specialists_plan_goes_by_the_head_and_back"),
    ),
    Mutant(
        "step-of-another", "a step that is somebody's is taken by him alone, on every path of the service",
        f"{AT}/approval/steps.py", "if row.whose and not self.may_write(actor, fresh):", "if False:",
        tests_of(STEPS, "test_only_those_whose_step_it_is_take_it"),
    ),
    Mutant(
        "passport-of-any-class-filled", "a passport is filled by the class teacher and those who answer for all",
        f"{PASSPORTS}/permissions.py",
        "return leads_passports(actor) or actor.has(Role.CONSILIUM_CHAIR) or is_teacher_of(actor, room)",
        "return True", tests_of(FILLING, "test_a_specialist_who_works_with_the_child_does_not_fill_its_class"),
    ),
    Mutant(
        "passport-of-a-former-class", "whoever led a class once does not read its passport",
        f"{PASSPORTS}/querysets.py", "return rows.filter(held, **", "return rows.filter(**",
        tests_of(STEPS, "test_whoever_led_a_class_once_neither_reads_nor_fills_its_passport"),
    ),
    Mutant(
        "risk-counted-for-teachers", "a class teacher does not read how many of the class are registered",
        f"{PASSPORTS}/shown.py", "withheld=of_class and not seen", "withheld=False", RISK,
    ),
    Mutant(
        "risk-behind-for-teachers", "the children behind a mark of risk are for those who see such marks",
        f"{PASSPORTS}/views/behind.py", "if not is_seen(request.actor, asked):", "if False:", RISK,
    ),
    Mutant(
        "approved-figures-move", "approved figures stay though the facts change",
        f"{PASSPORTS}/sums.py", "return counts_frozen(passport) if passport.is_frozen else counts_now(passport)",
        "return counts_now(passport)", tests_of(STEPS, "test_frozen_figures_stay_when_facts_do_not"),
    ),
    Mutant(
        "class-known-for-ever", "a social pedagogue knows a class while its passport waits",
        f"{PASSPORTS}/permissions.py", "organisation=actor.organisation, status=Status.SUBMITTED",
        "organisation=actor.organisation",
        tests_of(STEPS, "test_a_social_pedagogue_knows_a_class_while_its_passport_waits"),
    ),
    Mutant(
        "printed-passport-tells-all", "a printed class passport leaves out what its reader does not see",
        "records/documents/builders/service.py", "paper = shown_to(actor, content)", "paper = content",
        tests_of(PAPERS, "test_a_class_passport_leaves_out_what_its_reader_does_not_see"),
    ),
    Mutant(
        "analysis-without-problems", "an analysis is handed in with its problems",
        f"{ANALYSIS}/services/approving.py", "if not fresh.problems.exists() and not", "if False and not",
        tests_of(YEARS, "test_the_head_hands_in_with_one_press_and_not_without_problems"),
    ),
    Mutant(
        "stopped-cards-behind-figures", "behind a figure stand the rows that the reader may know",
        f"{ANALYSIS}/views/behind.py", "known.visible_to(request.actor)", "known.of(found.organisation)",
        tests_of(BEHIND, "test_children_whose_cards_are_closed_are_counted_and_not_named"),
    ),
    Mutant(
        "own-entries-drawn", "nobody examines his own entries",
        f"{LEADING}/services/quality.py", "rows = rows.exclude(position__user=actor.user)", "pass",
        tests_of(HEAD, "test_the_lot_draws_of_each_once_and_never_of_the_head"),
    ),
    Mutant(
        "remarks-for-colleagues", "a remark is for the author and those who lead",
        f"{LEADING}/querysets.py", 'return rows.filter(~Q(verdict=""), entry__position__user=actor.user)',
        "return rows", tests_of(HEAD, "test_a_remark_goes_to_the_author_who_mends"),
    ),
    Mutant(
        "risk-for-the-director", "how many are registered is told to those who see such marks",
        f"{LEADING}/waiting.py", 'if may(actor, "leading.risk") and sees(actor, "risk_marks"):', "if True:",
        tests_of(HEAD, "test_the_page_is_for_the_head_and_the_director_and_risk_is_narrow"),
    ),
    Mutant(
        "class-list-for-all", "a brought list is for whoever brought it",
        "school/pupils/querysets.py", "else rows.filter(run_by=actor.user)", "else rows",
        tests_of(LISTS, "test_a_table_is_for_whoever_brought_it_and_goes_when_a_card_goes"),
    ),
    Mutant(
        "class-list-half-entered", "a list is entered whole or not at all",
        "school/pupils/services/importing.py",
        "            with transaction.atomic():\n                writing = _Writing",
        "            if True:\n                writing = _Writing",
        tests_of(LISTS, "test_a_failure_on_the_way_leaves_nothing"),
    ),
)  # fmt: skip

MUTANTS = (*WORK, *TEACHING, *TOGETHER, *PAPER)
