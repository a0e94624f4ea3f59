"""Writes of conclusions on ГИА: drafting, taking from the catalogue, signing, annulling, handing over."""

from .drafting import attestation_draft, attestation_fill, attestation_take
from .handing import attestation_finish, attestation_hand_over
from .signing import attestation_annul, attestation_sign

__all__ = [
    "attestation_annul",
    "attestation_draft",
    "attestation_fill",
    "attestation_finish",
    "attestation_hand_over",
    "attestation_sign",
    "attestation_take",
]
