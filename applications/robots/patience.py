"""The way for whoever runs no scripts: to wait, which costs a robot most and a person little."""

from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner

# Less than it takes to fill in the form: whoever was shown the token with it has waited already.
SECONDS = 20
_VALID_FOR = 2 * 60 * 60
_signer = TimestampSigner(salt="applications.robots.patience")


def waiting_since(submission_key: UUID, *, before: str = "") -> str:
    """A token that says when the form was first shown. It is good for this key alone, so once.

    ``before`` is what came with the form, if it is shown again: a good token stays.
    """
    if _is_good(before, submission_key, _VALID_FOR):
        return before
    return _signer.sign(str(submission_key))


def has_waited(token: str, submission_key: UUID) -> bool:
    """Whether the form was shown with this token SECONDS ago or longer, within two hours."""
    return _is_good(token, submission_key, _VALID_FOR) and not _is_good(
        token, submission_key, SECONDS
    )


def _is_good(token: str, submission_key: UUID, max_age: int) -> bool:
    try:
        return _signer.unsign(token, max_age=max_age) == str(submission_key)
    except BadSignature:
        return False
