"""Backups: a changed one is refused, a restore goes into an empty place."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ROOM = "config/backup"
TESTS = "tests/test_backup.py"
SEAL_ALONE = tests_of(TESTS, "test_the_seal_alone_refuses_it_too_before_any_hash_is_compared")

MUTANTS = (
    Mutant(
        "backup-tag-unchecked", "a chunk that was changed does not open",
        f"{ROOM}/sealing.py", "        except InvalidTag as error:\n",
        "        except InvalidTag:\n            yield sealed[:-TAG]\n        except OverflowError as error:\n",
        SEAL_ALONE,
    ),
    Mutant(
        "backup-cut-off", "an archive that was cut off does not open",
        f"{ROOM}/sealing.py", '(b"\\x01" if last else b"\\x00")', 'b"\\x00"', SEAL_ALONE,
    ),
    Mutant(
        "backup-header-unbound", "the header of an archive cannot be changed",
        f"{ROOM}/sealing.py", "    return about + index.to_bytes(8, ", "    return index.to_bytes(8, ", SEAL_ALONE,
    ),
    Mutant(
        "backup-hashes-unchecked", "what is in an archive is what its list says",
        f"{ROOM}/archive.py", 'if not self._stream.at_end() or self.manifest.get("parts") != self._seen:', "if False:",
        tests_of(TESTS, "test_an_archive_whose_list_says_otherwise_is_refused"),
    ),
    Mutant(
        "backup-leads-outside", "a file never leaves the folder it is restored into",
        f"{ROOM}/archive.py", 'if not inside or path.is_absolute() or ".." in path.parts or "\\x00" in name:',
        'if not inside or "\\x00" in name:',
        tests_of(TESTS, "test_a_name_that_leads_out_of_the_place_is_refused"),
    ),
    Mutant(
        "backup-short-passphrase", "a short passphrase closes nothing",
        f"{ROOM}/keys.py", "if len(self.passphrase) < SHORTEST_PASSPHRASE:", "if False:",
        tests_of(TESTS, "test_a_passphrase_opens_what_it_has_closed_and_a_short_one_closes_nothing"),
    ),
    Mutant(
        "restore-over-a-place", "a restore goes into an empty place",
        f"{ROOM}/services.py", "    _require_empty(database)\n    manifest", "    manifest",
        tests_of(TESTS, "test_a_place_comes_back_from_its_backup_as_it_was_while_people_wrote"),
    ),
    Mutant(
        "restore-without-master-keys", "a restore without its master keys is said and not silent",
        f"{ROOM}/services.py", "    if not missing:\n", "    if True:\n",
        tests_of(TESTS, "test_a_place_comes_back_from_its_backup_as_it_was_while_people_wrote"),
    ),
    Mutant(
        "erasures-forgotten", "what was erased after a backup is erased again",
        "foundation/registers/erasures.py", "            _REPLAYS[one.kind](organisation, one.subject)\n",
        "            pass\n",
        tests_of("tests/test_erasures.py", "test_only_what_was_done_is_repeated_once_and_what_was_begun_is_named"),
    ),
)  # fmt: skip
