"""The form of an export."""

from django import forms


class ExportForm(forms.Form):
    with_content = forms.BooleanField(
        label="Вместе с содержанием записей журналов",
        required=False,
        help_text="Без отметки в файле только отпечатки: проверить его можно, прочесть о детях — нельзя.",
    )
