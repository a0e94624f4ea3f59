"""Заключения ГИА"""

from django.apps import AppConfig


class AttestationConfig(AppConfig):
    name = "opora.commission.attestation"
    label = "attestation"
    verbose_name = "Заключения ГИА"
