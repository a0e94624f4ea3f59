"""Encryption at rest: what is sealed, to what it is bound, and what an erasure destroys."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ROOM = "foundation/vault"
FIELDS = "src/opora/foundation/vault/tests/test_fields.py"
MASTERS = "src/opora/foundation/vault/tests/test_masters.py"
AT_REST = "tests/test_at_rest.py"
NOTHING_TOLD = tests_of(AT_REST, "test_the_database_and_the_files_tell_nothing_that_is_special")

MUTANTS = (
    Mutant(
        "text-bound-to-nothing", "a sealed text opens in its own row and field alone",
        f"{ROOM}/sealing.py", "return f\"{row._meta.db_table}:{getattr(row, 'public_id')}:{name}\"  # noqa: B009",
        'return "opora"',
        tests_of(FIELDS, "test_a_token_that_was_moved_does_not_open"),
    ),
    Mutant(
        "key-bound-to-nothing", "a wrapped key opens for its own child alone",
        f"{ROOM}/keyring.py", 'return f"key:{organisation_id}:{person_id}:{key_id}"', 'return "opora"',
        tests_of(FIELDS, "test_a_wrapped_key_opens_for_no_other_child"),
    ),
    Mutant(
        "key-not-destroyed", "an erasure destroys the key of the child",
        f"{ROOM}/services.py", 'key.wrapped, key.master_id, key.destroyed_at = "", "", timezone.now()',
        "pass",
        tests_of(FIELDS, "test_a_destroyed_key_leaves_an_empty_text_and_lets_the_row_be_saved"),
    ),
    Mutant(
        "sealed-after-the-erasure", "nothing new is sealed for an erased child",
        f"{ROOM}/sealing.py", "    if key.is_destroyed:\n", "    if False:\n",
        tests_of(FIELDS, "test_nothing_new_is_sealed_for_an_erased_child"),
    ),
    Mutant(
        "clear-text-shown", "what the place has not sealed is not shown as if it had",
        f"{ROOM}/fields.py",
        "    def opened(self, row: models.Model, token: Token) -> Any:\n",
        "    def opened(self, row: models.Model, token: Token) -> Any:\n"
        "        if not token.startswith(VERSION): return str.__str__(token)\n",
        tests_of(FIELDS, "test_what_we_did_not_seal_is_not_shown"),
    ),
    Mutant(
        "kept-key-after-the-erasure", "an erasure is noticed in the same request",
        f"{ROOM}/services.py", "    key.save()\n    keyring.forget()\n", "    key.save()\n",
        tests_of(FIELDS, "test_a_destroyed_key_is_noticed_at_once_in_the_same_request"),
    ),
    Mutant(
        "diagnosis-in-the-clear", "a found disk tells no diagnosis",
        "people/children/models/health.py", 'text = SealedTextField("диагноз", limit=500, one_line=True)',
        'text = models.CharField("диагноз", max_length=500)',
        NOTHING_TOLD,
    ),
    Mutant(
        "files-in-the-clear", "a found disk tells no paper",
        "foundation/files/services.py", "sealed = bytes_sealed(stored, CONTENT, inspected.data)",
        "sealed = inspected.data",
        NOTHING_TOLD,
    ),
    Mutant(
        "master-file-for-everyone", "the file of master keys is read by its owner alone",
        f"{ROOM}/masters.py", "  # mode 0600\n", "\n    os.fchmod(handle, 0o644)\n",
        tests_of(MASTERS, "test_the_file_is_private_and_never_written_over"),
    ),
    Mutant(
        "rotation-brings-back", "a rotation brings back no destroyed key",
        f"{ROOM}/services.py", "filter(pk=row.pk, wrapped=row.wrapped)", "filter(pk=row.pk)",
        tests_of(MASTERS, "test_a_key_that_is_destroyed_in_the_middle_of_a_batch_is_not_brought_back"),
    ),
    Mutant(
        "master-in-use-retired", "a master key in use is not taken away",
        f"{ROOM}/services.py", "    if count:\n        raise Refusal(\"in_use\"",
        "    if False:\n        raise Refusal(\"in_use\"",
        tests_of(MASTERS, "test_a_master_in_use_or_current_is_not_retired"),
    ),
    Mutant(
        "masters-changed-by-anybody", "the operator alone changes master keys",
        f"{ROOM}/services.py",
        '    """\n    require(actor, "vault.rotate")\n    if new and masters', '    """\n    if new and masters',
        tests_of(MASTERS, "test_only_the_operator_changes_master_keys"),
    ),
    Mutant(
        "empty-wrap-accepted", "a key is wrapped, or destroyed with its day: nothing between",
        f"{ROOM}/models.py", 'condition=Q(destroyed_at__isnull=True) & ~Q(wrapped="")\n',
        "condition=Q(destroyed_at__isnull=True)\n",
        tests_of(FIELDS, "test_a_key_is_wrapped_or_destroyed_and_nothing_between"),
    ),
)  # fmt: skip
