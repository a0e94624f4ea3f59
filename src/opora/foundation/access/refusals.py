"""A refusal explains itself: what cannot be done, why, and by which clause."""

from dataclasses import dataclass


@dataclass
class Refusal(Exception):
    """Raised by a service when the state does not allow the deed; shown to the person as it is.

    `code` is for tests and logs, `message` is a Russian sentence, `clause` names the source where there is one,
    `field` names the form field that it belongs to.
    """

    code: str
    message: str
    clause: str = ""
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.message} ({self.clause})" if self.clause else self.message
