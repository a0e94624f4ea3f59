"""Pages of the bank: the list, a material with its outline and files, its form, its steps."""

from .files import file_add, file_download, file_remove
from .page import material_edit, material_list, material_new, material_page
from .steps import approve, change, examine, give_back, restore, retire, review, submit, use
from .topics import topic_add, topic_deed

__all__ = [
    "approve",
    "change",
    "examine",
    "file_add",
    "file_download",
    "file_remove",
    "give_back",
    "material_edit",
    "material_list",
    "material_new",
    "material_page",
    "restore",
    "retire",
    "review",
    "submit",
    "topic_add",
    "topic_deed",
    "use",
]
