"""Pages of the register: the list and a new child, the child's file, its sections, its guardians."""
