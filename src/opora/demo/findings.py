"""What the specialists of the made-up region record as facts, by kind of child: advice is alive on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.commission.examinations.models import Examination
from opora.commission.findings.gathering import gathered
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definition
from opora.regulations.predicates import verdict

Facts = Mapping[str, Any]

SPEECH: Facts = {"speech": "general", "speech_origin": "primary", "speech_against_learning": "worse"}
ABLE: Facts = {
    "intellect": "norm", "development": "norm", "delay": "none", "cognitive_persistence": "none",
    "behaviour": "ordered", "adaptive_behaviour": "stable", "ready_for_peers": "ready", "adaptation": "adapted",
    "learnability": "sufficient",
}  # fmt: skip
DOCTOR: Facts = {"medical_opinion": "present", "psychiatrist_opinion": "present", "complex": "no"}
SOCIAL: Facts = {"family_environment": "favourable", "living": "good", "self_service": "formed"}
BY_PROFILE: Mapping[str, Mapping[str, Facts]] = {
    "speech_light": {
        "speech_therapist": {
            **SPEECH, "speech_level": "3", "speech_forms": ["dysarthria_mild"], "sound_analysis": "yes",
            "reading_writing": "norm", "class_lessons": "ready", "speech_dynamics": "good", "first_words_months": 18,
            "alalia_history": "no", "speech_components": ["sounds", "grammar", "connected"], "talk": "norm",
        },
        "psychologist": {**ABLE, "memory": "narrowed", "peers_experience": "positive"},
        "defectologist": {
            "hearing": "norm", "vision": "norm", "motor": "norm", "knowledge_lag": "none", "help_kinds": ["organising"],
        },
    },
    "speech_heavy": {
        "speech_therapist": {
            **SPEECH, "speech_level": "2", "speech_forms": ["alalia"], "sound_analysis": "no",
            "class_lessons": "not_ready", "speech_dynamics": "weak", "first_words_months": 30, "talk": "insufficient",
            "speech_components": ["sounds", "phonemic", "lexis", "grammar", "connected"],
        },
        "psychologist": {**ABLE, "ready_for_peers": "not_ready", "mediation": "able"},
        "defectologist": {"hearing": "norm", "vision": "norm", "motor": "norm", "knowledge_lag": "none"},
    },
    "delay_light": {
        "psychologist": {
            "intellect": "norm", "development": "near_norm", "delay": "regulation", "behaviour": "difficult",
            "adaptive_behaviour": "stable", "ready_for_peers": "ready", "self_regulation": "insufficient",
            "endurance": "low", "cognitive_persistence": "unstable",
        },
        "defectologist": {
            "learnability": "sufficient", "attainment": "not_fully", "knowledge_lag": "none", "hearing": "norm",
            "vision": "norm", "motor": "norm", "help_kinds": ["stimulating", "organising"], "transfer": "full",
        },
        "speech_therapist": {"speech": "norm", "reading_writing": "norm"},
    },
    "delay_heavy": {
        "psychologist": {
            "intellect": "norm", "development": "below_norm", "delay": "cognitive", "behaviour": "difficult",
            "adaptive_behaviour": "unstable", "delay_origin": "cerebral_organic", "cognitive_persistence": "persistent",
            "mediation": "insufficient", "self_regulation": "insufficient", "mastery_doubt": "yes",
        },
        "defectologist": {
            "learnability": "insufficient", "attainment": "not_mastered", "knowledge_lag": "significant",
            "lag_character": "uneven", "hearing": "norm", "vision": "norm", "motor": "norm", "transfer": "partial",
        },
    },
    "autism": {
        "doctor": {**DOCTOR, "autism": "disorder"},
        "psychologist": {
            "autism": "disorder", "intellect": "norm", "development": "below_norm", "behaviour": "difficult",
            "school_preparation": "individual", "ready_for_peers": "not_ready", "peers_experience": "none",
        },
        "defectologist": {"learnability": "insufficient", "hearing": "norm", "vision": "norm", "motor": "norm"},
        "social_pedagogue": {**SOCIAL, "self_service": "partly"},
    },
    "motor": {
        "doctor": {**DOCTOR, "motor": "impaired", "movement": "devices", "hands": "limited"},
        "psychologist": {
            "gmfcs": 3, "intellect": "norm", "development": "below_norm", "delay": "cognitive",
            "peers_experience": "positive", "motor_features": ["coordination", "space"],
        },
        "defectologist": {
            "motor": "impaired", "movement": "devices", "hands": "limited", "learnability": "insufficient",
            "answer_form": ["oral"],
        },
        "social_pedagogue": {**SOCIAL, "self_service": "partly"},
    },
    "hearing": {
        "doctor": {**DOCTOR, "hearing": "hard_of_hearing", "hearing_device": "aids", "audiology": "agrees"},
        "defectologist": {
            "hearing": "hard_of_hearing", "hearing_device": "aids", "speech_understanding": "good",
            "speech_clarity": "unclear", "vision": "norm", "motor": "norm", "learnability": "sufficient",
        },
        "psychologist": {"intellect": "norm", "development": "near_norm", "peers_experience": "none"},
        "speech_therapist": {"speech": "general", "speech_level": "3", "speech_origin": "secondary"},
    },
    "intellect": {
        "doctor": {**DOCTOR, "intellect": "mild"},
        "psychologist": {
            "intellect": "mild", "development": "far_below", "cognitive_persistence": "persistent", "delay": "none",
            "dysontogenesis": ["underdevelopment"], "mediation": "unable", "behaviour": "ordered",
        },
        "defectologist": {
            "learnability": "low", "attainment": "not_mastered", "knowledge_lag": "gross", "lag_character": "even",
            "hearing": "norm", "vision": "norm", "motor": "norm", "transfer": "absent", "help_kinds": ["full"],
        },
        "social_pedagogue": {**SOCIAL, "self_service": "partly"},
    },
    "preschool": {
        "speech_therapist": {
            **SPEECH, "speech_level": "2", "first_words_months": 22, "cooperation": "verbal", "talk": "insufficient",
        },
        "psychologist": {**ABLE, "construction": "scheme"},
    },
    "norm": {
        "psychologist": {**ABLE, "school_preparation": "group", "peers_experience": "positive"},
        "speech_therapist": {"speech": "norm", "reading_writing": "norm", "sound_analysis": "yes"},
        "defectologist": {
            "learnability": "sufficient", "attainment": "mastered", "knowledge_lag": "none", "hearing": "norm",
            "vision": "norm", "motor": "norm", "earlier_knowledge": "present",
        },
    },
}  # fmt: skip


REASONS: Mapping[str, str] = {
    "late_term": "Родители согласны прийти раньше, если появятся трудности; срок согласован с организацией.",
    "school_code_before_school_age": "Ребёнок поступает в школу в этом году, родители подали заявление.",
}
USUAL_REASON = "Решено коллегиально: комиссия видела ребёнка и его работы, родители согласны."


def reason_for(check: str) -> str:
    """Why the head signs over a warning."""
    return REASONS.get(check, USUAL_REASON)


def findings_of(profile: str, sheet: Examination, *, doubtful: bool) -> dict[str, Any]:
    """Facts for one sheet, those alone that are asked of this child; `doubtful` adds one that colleagues dispute."""
    known = gathered(sheet.case)
    told = dict(
        BY_PROFILE.get(profile, {}).get(sheet.speciality, SOCIAL if sheet.speciality == "social_pedagogue" else {})
    )
    if sheet.speciality in ("psychologist", "speech_therapist"):
        told["examined_in_home_language"] = "yes"
    if sheet.speciality == "psychologist":
        told["enters_school"] = "no" if profile == "preschool" else "yes"
        if doubtful:
            told["first_words_months"] = 12
    assumed = {code: value == "yes" if value in ("yes", "no") else value for code, value in told.items()}
    facts = CaseFacts(
        known.law, {**known.facts.values, **{code: _read(value) for code, value in assumed.items()}},
        born=known.born, on=known.on,
    )  # fmt: skip
    asked = {code: definition(known.law, code) for code in told}
    return {
        code: value
        for code, value in told.items()
        if (not asked[code].owners or sheet.speciality in asked[code].owners)
        and verdict(asked[code].when, facts).holds is not False
        and not (code == "enters_school" and facts.get("grade") is None)
    }


def _read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
