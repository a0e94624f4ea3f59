"""A stopped processing: a frozen card is neither listed, nor opened, nor changed, but for what the law demands."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

FROZEN = "tests/permissions/test_frozen.py"
WITHDRAWAL = "src/opora/people/consents/tests/test_withdrawal.py"
AT_ONCE = tests_of(WITHDRAWAL, "test_the_card_is_frozen_in_the_transaction_of_the_withdrawal")

MUTANTS = (
    Mutant(
        "freeze-not-written", "a withdrawal closes the card in its own transaction",
        "people/consents/services/withdrawing.py", "        stop(actor=actor, child=locked.child, since=on)\n", "",
        AT_ONCE,
    ),
    Mutant(
        "frozen-card-listed", "a frozen card is in no list",
        "foundation/access/knowledge.py",
        "return rows.exclude(Exists(Freeze.objects.in_force().filter(person_id=OuterRef(path))))", "return rows",
        AT_ONCE,
    ),
    Mutant(
        "frozen-card-opened", "a frozen card is opened by nobody",
        "foundation/access/routes.py", "if not even_frozen and is_frozen(person_of(found)):", "if False:",
        tests_of(FROZEN, "test_a_frozen_card_is_closed_to[children:child]"),
    ),
    Mutant(
        "frozen-card-changed", "no service changes a frozen card",
        "foundation/access/actions.py", "if not even_frozen and is_frozen(person):", "if False:",
        AT_ONCE,
    ),
    Mutant(
        "frozen-route-widened", "a route stays open for a frozen card if the law demands it",
        "people/children/views/file.py", '@route("child.view", Child, opens=CHILD_OPENED)',
        '@route("child.view", Child, opens=CHILD_OPENED, even_frozen=True)',
        tests_of(FROZEN, "test_few_routes_are_left_open"),
    ),
    Mutant(
        "frozen-card-thawed-by-one-of-two", "one of two withdrawals lifted leaves the card frozen",
        "people/consents/services/withdrawing.py",
        "if fresh.is_of_child and not others.exclude(state=Withdrawal.State.LIFTED).exists():",
        "if fresh.is_of_child:",
        tests_of(WITHDRAWAL, "test_one_of_two_withdrawals_lifted_leaves_the_card_frozen"),
    ),
)  # fmt: skip
