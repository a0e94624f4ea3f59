"""What the check of a file says: the content that may be kept, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from opora.foundation.access.refusals import Refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
EXTENSIONS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", DOCX: "docx", XLSX: "xlsx", ODT: "odt",
}  # fmt: skip
ACCEPTED = "PDF, JPEG, PNG, DOCX, XLSX, ODT"


@dataclass(frozen=True)
class Inspected:
    """Content that may be kept: `data` are the bytes to keep, images already written anew."""

    content_type: str
    data: bytes

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.content_type]


def broken(title: str) -> Refusal:
    return Refusal(
        "broken",
        f"Файл «{title}» повреждён или загружен не до конца. Откройте его у себя и сохраните заново.",
    )


def too_complex(title: str) -> Refusal:
    return Refusal(
        "too_complex",
        f"Файл «{title}» не принят: он устроен так сложно, что его не проверить. Распечатайте его в PDF "
        "или отсканируйте.",
    )


def protected(title: str) -> Refusal:
    return Refusal("encrypted", f"Файл «{title}» защищён паролем. Снимите пароль и приложите файл снова.")


def two_in_one(title: str) -> Refusal:
    return Refusal(
        "polyglot",
        f"Файл «{title}» не принят: внутри него или после его конца спрятан файл другого вида. "
        "Откройте его у себя и сохраните заново.",
    )


def active(title: str, what: str, advice: str) -> Refusal:
    """`what` is a Russian clause with what was found, `advice` a sentence with what to do."""
    return Refusal("active_content", f"Файл «{title}» не принят: {what}. {advice}")
