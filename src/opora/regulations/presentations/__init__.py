"""What a school writes of a pupil for the consilium and ПМПК: characteristic 2.6, presentations 2.9 (P-07, P-09)."""
