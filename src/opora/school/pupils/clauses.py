"""What the rules of this room rest on."""

# The second part is recalled: it must be compared with the official text.
CONSENT = "273-ФЗ, ст. 42, ч. 3; распоряжение Р-93, разд. 4 и прил. 5 — по памяти, сверить с официальным текстом"
WITHDRAWAL = "152-ФЗ, ст. 9, ч. 2"
