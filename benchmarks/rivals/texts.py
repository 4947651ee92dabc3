"""A dossier's words as plain values."""

from typing import Any

from applications.dossier.content import Dossier


def of(dossier: Dossier) -> dict[str, Any]:
    """What JSON can carry; the portrait is left out."""
    return {
        "company": dossier.company.text,
        "position": dossier.position.text,
        "name": dossier.name.text,
        "reference": dossier.reference,
        "facts": [[fact.label, fact.value.text, fact.link] for fact in dossier.facts],
        "letter": [paragraph.text for paragraph in dossier.letter],
        "questions": [
            [each.question.text, [paragraph.text for paragraph in each.answer]]
            for each in dossier.questions
        ],
        "files": [
            [file.kind, file.name.text, file.type, file.size, file.link] for file in dossier.files
        ],
    }
