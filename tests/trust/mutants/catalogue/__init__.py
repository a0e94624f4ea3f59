"""All seeded faults, by what they break."""

from __future__ import annotations

from ..mutant import Mutant
from . import (
    answers,
    backups,
    constraints,
    engine,
    evidence,
    freeze,
    knowledge,
    law,
    retention,
    routes,
    rules,
    school,
    school_service,
    services,
    signin,
    support,
    uploads,
    vault,
    walls,
)

MUTANTS: tuple[Mutant, ...] = (
    *routes.MUTANTS,
    *services.MUTANTS,
    *walls.MUTANTS,
    *knowledge.MUTANTS,
    *freeze.MUTANTS,
    *evidence.MUTANTS,
    *vault.MUTANTS,
    *signin.MUTANTS,
    *uploads.MUTANTS,
    *answers.MUTANTS,
    *backups.MUTANTS,
    *law.MUTANTS,
    *retention.MUTANTS,
    *constraints.MUTANTS,
    *engine.MUTANTS,
    *rules.MUTANTS,
    *school.MUTANTS,
    *school_service.MUTANTS,
    *support.MUTANTS,
)
