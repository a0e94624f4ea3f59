"""Readings and deeds in the log, registers without gaps, and the check that finds what was changed."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

AUDIT = "foundation/audit/services.py"
READINGS = "foundation/access/readings.py"
REGISTERS = "foundation/registers/services.py"
CHAIN = "verification/chain.py"
LINES = "verification/registers.py"
CHECK = "verification/checking.py"
IN_AUDIT = "tests/test_audit.py"
IN_REGISTERS = "tests/test_registers.py"
IN_EVIDENCE = "tests/test_evidence.py"
IN_READINGS = "tests/permissions/test_readings.py"
IN_CHECK = "src/opora/verification/tests/test_verification.py"
CASES = "src/opora/commission/cases/tests/test_cases.py"

MUTANTS = (
    Mutant(
        "opening-unrecorded", "opening a child's data is an event",
        "foundation/access/routes.py", 'if opens is not None and request.method == "GET":', "if False:",
        tests_of(CASES, "test_opening_the_page_of_a_case_is_an_event_and_says_what_to_do_next"),
    ),
    Mutant(
        "reading-unrecorded", "no route shows a child without an event",
        READINGS, 'if not asked.personal or empty or request.method == "HEAD":', "if True:",
        tests_of(IN_READINGS, "test_no_route_shows_a_child_without_an_event"),
    ),
    Mutant(
        "reading-fails-open", "when the log cannot be written, nothing is shown",
        READINGS, "    page_note(\n", '    with __import__("contextlib").suppress(Exception): page_note(\n',
        tests_of(IN_READINGS, "test_what_cannot_be_written_down_is_not_shown"),
    ),
    Mutant(
        "deed-unrecorded", "a deed has its event",
        "commission/cases/services.py",
        "    record(events.CASE_REGISTERED, actor=actor, subject=case, person_id=child.public_id,", "    dict(",
        tests_of(CASES, "test_anna_registers_an_appeal_and_it_gets_the_next_number_of_the_year"),
    ),
    Mutant(
        "event-outside-its-transaction", "an event stands and falls with its deed",
        AUDIT, ' is not declared")\n    if not transaction.get_connection().in_atomic_block:',
        ' is not declared")\n    if False:',
        tests_of(IN_AUDIT, "test_an_event_outside_a_transaction_is_refused"),
    ),
    Mutant(
        "event-with-a-name", "the log holds ids and codes, never names",
        "foundation/access/routes.py", "subject=found, person_id=person_of(found))",
        "subject=found, person_id=person_of(found), name=str(found))",
        tests_of(IN_AUDIT, "test_the_log_holds_ids_and_codes_never_names"),
    ),
    Mutant(
        "search-with-its-words", "a search is in the log without its words",
        "foundation/ui/lists.py", "mark=search_mark(request.actor, text),", "mark=text,",
        tests_of(IN_READINGS, "test_a_search_is_in_the_log_without_its_words"),
    ),
    Mutant(
        "log-shown-to-strangers", "the log of an organisation is read there alone",
        "foundation/audit/querysets.py",
        'class EventQuerySet(models.QuerySet["Event"]):\n    def visible_to(self, actor: Any) -> Self:\n',
        'class EventQuerySet(models.QuerySet["Event"]):\n    def visible_to(self, actor: Any) -> Self:\n'
        "        return self.all()\n",
        tests_of(IN_AUDIT, "test_opening_a_childs_file_is_an_event_that_strangers_never_see"),
    ),
    Mutant(
        "evidence-changed-in-the-database", "the database itself refuses to change evidence",
        "foundation/audit/guards.py", "                for statement in guards_of(table):",
        "                for statement in guards_of(table)[:1]:",
        tests_of(IN_EVIDENCE, "test_the_database_itself_refuses_to_change_evidence"),
    ),
    Mutant(
        "checkpoint-signature-unchecked", "a checkpoint without its key is found",
        CHAIN, 'if not is_signed(statement["key"], canonical(statement), record["signature"]):', "if False:",
        tests_of(IN_CHECK, "test_a_chain_hashed_anew_without_the_key_is_found"),
    ),
    Mutant(
        "checkpoint-key-unchecked", "a checkpoint of another key is found",
        CHAIN, 'if statement["key"] not in self.trusted:', "if False:",
        tests_of(IN_CHECK, "test_a_chain_hashed_anew_without_the_key_is_found"),
    ),
    Mutant(
        "changed-event-unseen", "a changed event is found at its row",
        CHAIN, "if bytes.fromhex(digest)[:SHORT] != self._next[1]:", "if False:",
        tests_of(IN_CHECK, "test_a_changed_event_is_named"),
    ),
    Mutant(
        "removed-event-unseen", "a removed event is found at its place",
        CHAIN, '            self._bad(place, self._next[0], "пропало со своего места")\n', "",
        tests_of(IN_CHECK, "test_a_removed_event_is_named"),
    ),
    Mutant(
        "added-event-unseen", "an event that no checkpoint covers is found",
        CHAIN, "        if self.strict:\n            self._bad", "        if False:\n            self._bad",
        tests_of(IN_CHECK, "test_an_event_added_after_the_last_checkpoint_is_named"),
    ),
    Mutant(
        "register-hashed-anew-unseen", "a register that was hashed anew is found",
        LINES, "if bytes.fromhex(entry_mark(entry))[:SHORT] != sealed:", "if False:",
        tests_of(IN_CHECK, "test_a_register_hashed_anew_is_found_at_the_row_where_it_begins"),
    ),
    Mutant(
        "cut-file-unseen", "a file that was cut off is found",
        CHECK, "if self.strict and self.end is None:", "if False:",
        tests_of(IN_CHECK, "test_a_cut_file_is_found"),
    ),
    Mutant(
        "cut-tail-unseen", "a tail cut off in the database is found by a checkpoint kept elsewhere",
        CHECK, 'elif statement["number"] > len(found):\n        verifier.report.bad(',
        'elif statement["number"] > len(found):\n        print(',
        tests_of(IN_CHECK, "test_a_tail_cut_off_in_the_database_is_found_by_a_kept_checkpoint"),
    ),
    Mutant(
        "words-in-the-export", "without contents no word and no salt leaves",
        "foundation/evidence/rows.py", "if with_content", "if True",
        tests_of(IN_EVIDENCE, "test_without_contents_no_word_and_no_salt_leaves"),
    ),
    Mutant(
        "number-with-a-gap", "numbers have no gap",
        REGISTERS, "    counter.last += kind == Entry.Kind.ENTRY\n",
        "    counter.last += (kind == Entry.Kind.ENTRY) * (2 if counter.last == 6 else 1)\n",
        tests_of(IN_REGISTERS, "test_abandoned_registrations_leave_no_gap"),
    ),
    Mutant(
        "number-outside-a-transaction", "a number is taken in the transaction of its act",
        REGISTERS, "    if not transaction.get_connection().in_atomic_block:\n", "    if False:\n",
        tests_of(IN_REGISTERS, "test_a_number_is_not_taken_outside_a_transaction"),
    ),
    Mutant(
        "day-not-hashed", "the hash of a line covers all of it",
        REGISTERS, "number, kind, day.isoformat(), subject,", "number, kind, subject,",
        tests_of(IN_REGISTERS, "test_a_line_with_another_date_is_found"),
    ),
    Mutant(
        "changed-content-unseen", "a changed content of a line is found",
        REGISTERS, "return not entry.content or sha256(entry.salt + canonical(entry.content)) == entry.commitment",
        "return True",
        tests_of(IN_REGISTERS, "test_a_changed_line_is_found"),
    ),
    Mutant(
        "removed-last-line-unseen", "a removed last line is found",
        REGISTERS, "if (series.last, series.lines, series.head) != (last, line, previous):", "if False:",
        tests_of(IN_REGISTERS, "test_a_removed_last_line_is_found"),
    ),
    Mutant(
        "commitment-unsalted", "after an erasure nobody can try names against a line",
        REGISTERS, "salt = secrets.token_hex(16)", 'salt = "0" * 32',
        tests_of(IN_REGISTERS, "test_the_same_words_have_another_commitment_each_time"),
    ),
    Mutant(
        "touched-paper-unseen", "a frozen paper shows that it was touched",
        REGISTERS, "return sha256(canonical(snapshot.content)) == snapshot.sha256", "return True",
        tests_of(IN_REGISTERS, "test_a_frozen_paper_shows_that_it_was_touched"),
    ),
    Mutant(
        "numbers-not-locked", "two hundred at once leave no gap and take no number twice",
        REGISTERS, "locked = Series.objects.select_for_update().filter(", "locked = Series.objects.filter(",
        tests_of(IN_REGISTERS, "test_two_hundred_at_once_with_a_third_abandoned_leave_no_gap"), on_postgresql=True,
    ),
    Mutant(
        "checkpoint-does-not-wait", "a checkpoint waits for every writer",
        "foundation/audit/guards.py", '            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DOOR])\n',
        "            pass\n",
        tests_of(
            "src/opora/foundation/evidence/tests/test_concurrency.py",
            "test_a_checkpoint_waits_for_a_number_that_was_taken_and_not_yet_committed",
        ),
        on_postgresql=True,
    ),
)  # fmt: skip
