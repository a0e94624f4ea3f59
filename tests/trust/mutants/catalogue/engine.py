"""Findings, methods, instruments; the signature over a warning; texts of the catalogue; confirmed values; ГИА."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

FINDINGS = "commission/findings/services.py"
RECORDING = "src/opora/commission/findings/tests/test_recording.py"
METHODS = "commission/methods/services.py"
SHEET = "src/opora/commission/methods/tests/test_sheet.py"
KEEPING = "src/opora/commission/methods/tests/test_keeping.py"
INSTRUMENTS = "commission/instruments/services.py"
FILLING = "src/opora/commission/instruments/tests/test_instruments.py"
SIGNING = "commission/conclusions/services/signing.py"
OVERRIDING = "src/opora/commission/conclusions/tests/test_overriding.py"
TAKING = "commission/conclusions/services/taking.py"
TAKEN = "src/opora/commission/conclusions/tests/test_taking.py"
ATTESTATION = "commission/attestation/services/signing.py"
ATTESTED = "src/opora/commission/attestation/tests/test_signing.py"
CONFIRMING = "commission/editions/services.py"
LAWS = "commission/editions/laws.py"
VALUES = "src/opora/commission/editions/tests/test_values.py"
WRONG_VALUES = tests_of(VALUES, "test_what_the_edition_cannot_take_is_refused")
NO_STRANGER = tests_of(VALUES, "test_head_of_a_territorial_commission_and_a_stranger_confirm_nothing")
ELSEWHERE = tests_of(VALUES, "test_another_region_and_an_older_edition_know_nothing_of_it")
READS_ONLY = tests_of(FILLING, "test_a_finished_sheet_is_closed_and_a_colleague_only_reads")
MEMBERS_TAKE = tests_of(TAKEN, "test_only_members_take_and_only_into_a_draft")

MUTANTS = (
    Mutant(
        "finding-in-anothers-sheet", "a finding is recorded by the specialist whose sheet it is",
        FINDINGS, "    if not may_write(actor, sheet):\n", "    if False:\n",
        tests_of(RECORDING, "test_gleb_records_into_his_own_sheet_and_the_head_into_any"),
    ),
    Mutant(
        "finding-in-a-finished-sheet", "a finished sheet takes no finding",
        FINDINGS, "    if sheet.is_finished:\n", "    if False:\n",
        tests_of(RECORDING, "test_a_finished_sheet_takes_nothing_until_it_is_opened_again"),
    ),
    Mutant(
        "finding-after-the-decision", "a decided case takes no finding",
        FINDINGS, "    if sheet.case_is_decided:\n", "    if False:\n",
        tests_of(RECORDING, "test_a_decided_case_takes_no_finding_any_more"),
    ),
    Mutant(
        "finding-of-another-speciality", "each speciality records its own facts",
        FINDINGS, "        if owners[code] and sheet.speciality not in owners[code]\n", "        if False\n",
        tests_of(RECORDING, "test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_written"),
    ),
    Mutant(
        "findings-that-exclude-each-other", "facts that cannot be true together are refused",
        FINDINGS, "        if set(changed) & set(one.facts):\n", "        if False:\n",
        tests_of(RECORDING, "test_facts_that_exclude_each_other_are_refused_together_with_the_clause"),
    ),
    Mutant(
        "finding-told-to-the-log", "the log names facts and never what was found",
        FINDINGS, "facts=list(result.written)", 'facts=[f"{one} {values[one]}" for one in result.written]',
        tests_of(RECORDING, "test_the_log_names_the_facts_and_never_what_was_found"),
    ),
    Mutant(
        "finding-on-hearsay", "a finding rests on one of the sources that the form offers",
        FINDINGS, 'if text and text.partition(":")[0] not in Basis.values:', "if False:",
        tests_of(RECORDING, "test_a_source_that_nobody_offers_or_too_long_is_refused"),
    ),
    Mutant(
        "method-in-anothers-sheet", "methods are ticked by the specialist whose sheet it is",
        METHODS, "    if not may_write(actor, sheet):\n", "    if False:\n",
        tests_of(SHEET, "test_only_the_specialist_and_the_head_tick"),
    ),
    Mutant(
        "method-in-a-finished-sheet", "a finished sheet keeps its methods as they are",
        METHODS, "    if sheet.is_finished:\n", "    if False:\n",
        tests_of(SHEET, "test_a_finished_sheet_and_a_decided_case_are_closed"),
    ),
    Mutant(
        "method-of-another-commission", "own methods are those of the own commission",
        METHODS, "OwnMethod.objects.of(actor.at).active()", "OwnMethod.objects.active()",
        tests_of(SHEET, "test_an_unknown_method_and_one_of_another_commission_are_refused"),
    ),
    Mutant(
        "method-put-away-is-used", "a method that was put away is offered no more",
        METHODS, "OwnMethod.objects.of(actor.at).active()", "OwnMethod.objects.of(actor.at)",
        tests_of(SHEET, "test_an_unknown_method_and_one_of_another_commission_are_refused"),
    ),
    Mutant(
        "method-kept-by-anybody", "own methods are kept by whoever's duty it is",
        METHODS, '    require(actor, "method.keep")\n    require_own(actor, own)\n', "    require_own(actor, own)\n",
        tests_of(KEEPING, "test_the_secretary_reads_the_list_and_a_stranger_finds_nothing"),
    ),
    Mutant(
        "instrument-in-anothers-sheet", "an instrument is filled by the specialist whose sheet it is",
        INSTRUMENTS, "    if not may_write(actor, fresh):\n", "    if False:\n", READS_ONLY,
    ),
    Mutant(
        "instrument-in-a-finished-sheet", "a finished sheet keeps its answers",
        INSTRUMENTS, "    if fresh.is_finished:\n", "    if False:\n", READS_ONLY,
    ),
    Mutant(
        "instrument-inserted-half-filled", "a half-filled instrument gives no sentence to the sheet",
        INSTRUMENTS, "    if row is None or result is None or not result.is_complete:\n",
        "    if row is None or result is None:\n",
        tests_of(FILLING, "test_a_half_filled_instrument_is_not_inserted"),
    ),
    Mutant(
        "instrument-for-any-age", "an instrument is filled at the ages that it is made for",
        INSTRUMENTS, '    if result.state in ("not_for_age", "other_scale"):\n', "    if False:\n",
        tests_of(FILLING, "test_an_instrument_for_another_age_is_not_filled"),
    ),
    Mutant(
        "instrument-overwritten", "an old version never overwrites newer answers",
        INSTRUMENTS, "    elif row.version != base_version and not settled and row.answers != values:\n",
        "    elif False:\n",
        tests_of(FILLING, "test_two_who_fill_at_once_see_each_other"),
    ),
    Mutant(
        "override-of-what-blocks", "what blocks is passed by nobody",
        SIGNING, "[one for one in found if one.blocks]",
        "[one for one in found if one.blocks and one.key not in reasons]",
        tests_of(OVERRIDING, "test_a_reason_passes_nothing_that_blocks"),
    ),
    Mutant(
        "override-without-a-reason", "a warning is signed over with a reason",
        SIGNING, "        if not reason:\n", "        if one.key not in reasons:\n",
        tests_of(OVERRIDING, "test_without_a_reason_nothing_is_signed"),
    ),
    Mutant(
        "override-by-an-old-reason", "the reason for one wording covers no other",
        "regulations/checks/subject.py", 'return f"{self.code}-{crc32(f\'{self.place}|{self.message}\'.encode()):08x}"',
        "return self.code",
        tests_of(OVERRIDING, "test_a_reason_for_other_words_covers_nothing"),
    ),
    Mutant(
        "override-unrecorded", "a signature over a warning goes to the log",
        SIGNING,
        "        record(events.CHECK_OVERRIDDEN, actor=actor, subject=conclusion, person_id=conclusion.person_id,"
        " check=one.code)\n", "",
        tests_of(OVERRIDING, "test_a_warning_is_signed_over_with_a_reason_that_stays"),
    ),
    Mutant(
        "override-outside-the-protocol", "the reasons stand under the hash of the protocol",
        SIGNING, "    if overrides:  # evidence", "    if False:  # evidence",
        tests_of(OVERRIDING, "test_the_reason_is_frozen_under_the_hash_of_the_protocol_and_not_printed"),
    ),
    Mutant(
        "taken-by-anybody", "members take from the catalogue, not the secretary",
        TAKING, '    require(actor, "conclusion.edit")\n    conclusion = draft_lock', "    conclusion = draft_lock",
        MEMBERS_TAKE,
    ),
    Mutant(
        "taken-into-a-signed-conclusion", "nothing is put into a signed conclusion",
        "commission/conclusions/services/drafting.py", "    if fresh.state != Conclusion.State.DRAFT:\n",
        "    if False:\n", MEMBERS_TAKE,
    ),
    Mutant(
        "taken-across-the-wall", "nobody changes the conclusion of another commission",
        "commission/conclusions/services/drafting.py", "    require_own(actor, conclusion)\n    locked", "    locked",
        tests_of(
            "tests/permissions/test_services.py", "test_every_service_refuses_the_row_of_another_commission"
        ),
    ),
    Mutant(
        "taken-to-another-place", "a text of the catalogue goes to the place that it is offered for",
        "commission/conclusions/catalogue.py", "if (one.place, one.code) == (place, code)", "if one.code == code",
        tests_of(TAKEN, "test_what_is_not_offered_is_refused_and_changes_nothing"),
    ),
    Mutant(
        "taken-over-own-words", "what stands in a section stays above what is taken",
        TAKING, 'f"{fresh.text.rstrip()}\\n{entry.text}" if fresh.text.strip() else entry.text', "entry.text",
        tests_of(TAKEN, "test_one_click_adds_a_line_below_what_stands_there"),
    ),
    Mutant(
        "taken-and-forgotten", "what comes from the catalogue is told from one's own words",
        TAKING, "    _note(actor, conclusion, entry)\n    if entry.answers:", "    if entry.answers:",
        tests_of(TAKEN, "test_one_click_adds_a_line_below_what_stands_there"),
    ),
    Mutant(
        "confirmed-by-a-branch", "the head of the central commission confirms, not that of a branch",
        CONFIRMING, "    if actor.at.kind != Organisation.Kind.CENTRAL_COMMISSION:\n", "    if False:\n", NO_STRANGER,
    ),
    Mutant(
        "confirmed-by-anybody", "the head confirms a value, nobody else of the central commission",
        CONFIRMING, '    require(actor, "law.confirm")\n', "",
        tests_of(VALUES, "test_nobody_but_the_head_of_the_central_commission_confirms"),
    ),
    Mutant(
        "confirmed-value-of-another-corrected", "nobody corrects what another commission confirmed",
        CONFIRMING, "        require_own(actor, value)\n", "        pass\n", NO_STRANGER,
    ),
    Mutant(
        "confirmed-without-a-clause", "a confirmed value names an act and its point",
        CONFIRMING, "    if not citations(law, row.clause):\n", "    if False:\n", WRONG_VALUES,
    ),
    Mutant(
        "confirmed-before-the-edition", "a value holds from a day of its edition",
        CONFIRMING, "    if row.since < law.valid_from:\n", "    if False:\n", WRONG_VALUES,
    ),
    Mutant(
        "confirmed-twice", "a confirmed value is corrected, not confirmed again",
        CONFIRMING, "    if last is not None and not last.is_annulment:\n", "    if False:\n",
        tests_of(VALUES, "test_one_value_is_not_confirmed_twice"),
    ),
    Mutant(
        "confirmed-for-every-region", "what one region confirms, another one does not know",
        "commission/editions/reaching.py",
        'rows.filter(Q(organisation=organisation) | Q(organisation__in=above.values("pk"))).order_by("pk")',
        'rows.order_by("pk")', ELSEWHERE,
    ),
    Mutant(
        "confirmed-for-every-edition", "a confirmed value belongs to its edition",
        LAWS, "if one.edition == code and (on is None", "if (on is None", ELSEWHERE,
    ),
    Mutant(
        "confirmed-from-the-beginning", "a confirmed value holds from its day",
        LAWS, " and (on is None or one.since <= on)", "",
        tests_of(VALUES, "test_confirmed_value_holds_from_its_day"),
    ),
    Mutant(
        "annulled-value-holds", "an annulled value is unverified again",
        "commission/editions/querysets.py", "self.latest_ones().filter(is_annulment=False)", "self.latest_ones()",
        tests_of(VALUES, "test_annulled_value_is_unverified_again_and_may_be_confirmed_anew"),
    ),
    Mutant(
        "confirmed-values-seen-by-all", "the database gives confirmed values to their own branch alone",
        "commission/editions/apps.py", 'Wall(reads=f"({OWN} OR {ABOVE})", frozen=True)',
        'Wall(reads="true", frozen=True)',
        tests_of(
            "src/opora/commission/editions/tests/test_wall.py",
            "test_a_branch_reads_the_values_of_its_central_commission_and_nobody_else_does",
        ),
        on_postgresql=True,
    ),
    Mutant(
        "attestation-signed-with-faults", "no conclusion on ГИА is signed that its checks refuse",
        ATTESTATION, "    if blocking is not None:\n", "    if False:\n",
        tests_of(ATTESTED, "test_an_unanswered_conclusion_is_not_signed"),
    ),
    Mutant(
        "attestation-signed-without-a-reason", "a warning about ГИА is signed over with a reason",
        ATTESTATION, "        if not reason:\n", "        if False:\n",
        tests_of(ATTESTED, "test_what_looks_odd_is_signed_only_with_a_reason"),
    ),
    Mutant(
        "attestation-signed-twice", "a conclusion on ГИА is signed once",
        ATTESTATION, "    if fresh.state != AttestationConclusion.State.DRAFT:\n", "    if False:\n",
        tests_of(ATTESTED, "test_a_signed_one_is_signed_and_changed_no_more"),
    ),
    Mutant(
        "attestation-written-by-anybody", "members write a conclusion on ГИА, not the secretary",
        "commission/attestation/services/drafting.py",
        '    require(actor, "attestation.edit")\n    fresh = draft_lock(conclusion, actor)\n',
        "    fresh = draft_lock(conclusion, actor)\n",
        tests_of(ATTESTED, "test_only_the_head_signs_and_the_secretary_writes_nothing"),
    ),
    Mutant(
        "attestation-changed-after-signing", "a signed conclusion on ГИА is changed no more",
        "commission/attestation/services/drafting.py", "    if fresh.state != AttestationConclusion.State.DRAFT:\n",
        "    if False:\n", tests_of(ATTESTED, "test_a_signed_one_is_signed_and_changed_no_more"),
    ),
    Mutant(
        "attestation-handed-to-a-stranger", "a conclusion on ГИА is handed to a representative",
        "commission/attestation/services/handing.py",
        "if recipient.pk not in {one.pk for one in guardians_of(fresh.case.child)}:", "if False:",
        tests_of(ATTESTED, "test_the_secretary_records_whom_it_was_given_to"),
    ),
)  # fmt: skip
