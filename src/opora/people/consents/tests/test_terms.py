"""The long proof of tests/trust/terms.py, in short: a hundred withdrawals against a slow count."""

from datetime import date, timedelta

from opora.people.consents import terms
from opora.people.consents.terms import stop_term
from tests.trust.terms import run, slow_stop


def test_no_term_is_late_over_holidays_and_leap_days():
    figures = run(count=100, seed=7)
    assert figures.wrong == []
    assert figures.across_holidays > 10


def test_the_statute_bounds_the_term_where_days_off_are_many(monkeypatch):
    """Ten working days have never reached thirty days; were every second week off, the statute would end the term."""

    def counted(start: date, value: int, unit: str) -> date:
        return start + timedelta(days=3 * value if unit == "working_days" else value - 1)

    monkeypatch.setattr(terms, "last_working_day_of", counted)
    found = stop_term(date(2026, 12, 25), date(2026, 9, 1))
    assert (found.on, found.term.code) == (date(2027, 1, 23), terms.STATUTE)


def test_new_year_holidays_are_not_counted():
    assert stop_term(date(2026, 12, 25), date(2026, 9, 1)).on == slow_stop(date(2026, 12, 25), {})
    assert stop_term(date(2026, 12, 25)).on > date(2027, 1, 11)
