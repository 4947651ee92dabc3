from applications.models import Document
from applications.uploads import RULES


def test_a_resume_may_have_ten_megabytes_and_a_photo_five():
    assert RULES[Document.Kind.RESUME].max_bytes == 10 * 1024 * 1024
    assert RULES[Document.Kind.PHOTO].max_bytes == 5 * 1024 * 1024


def test_the_file_dialogue_offers_what_we_take():
    assert RULES[Document.Kind.RESUME].accept == ".pdf,.docx,.odt,.rtf,.txt"
    assert RULES[Document.Kind.PHOTO].accept == ".jpg,.jpeg,.png,.webp"


def test_limits_are_told_in_words():
    assert RULES[Document.Kind.PHOTO].limits == "JPEG, PNG or WebP, at most 5\u00a0MB."


def test_a_file_that_answers_a_question_is_judged_as_a_cv_is():
    answer, resume = RULES[Document.Kind.QUESTION], RULES[Document.Kind.RESUME]
    assert (answer.formats, answer.max_bytes) == (resume.formats, resume.max_bytes)
