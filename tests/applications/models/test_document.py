from uuid import UUID

from applications.models import Document, StagedContent
from tests.factories import make_application, make_document

APPLICATION = UUID(int=7)


def document(kind, number=0):
    return Document(application_id=APPLICATION, kind=kind, number=number, filename="Work.PDF")


def test_each_file_of_an_application_has_a_key_of_its_own():
    assert document("resume").key == f"applications/{APPLICATION}/resume.pdf"
    assert document("question", 3).key == f"applications/{APPLICATION}/question-3.pdf"
    assert document("question", 3).stem == "question-3"


def test_a_file_that_answers_a_question_is_named_by_it():
    assert document("resume").label == "CV"
    assert document("question", 3).label == "Question 3"


def test_the_dossier_comes_first_and_answers_come_last_in_their_order():
    documents = [document("question", 2), document("question", 1), document("photo")]
    documents += [document("resume"), document("dossier")]
    ranked = sorted(documents, key=lambda each: each.rank)
    assert [each.label for each in ranked] == ["Dossier", "CV", "Photo", "Question 1", "Question 2"]


def test_staged_bytes_are_read_as_they_are(db):
    content = bytes(range(256)) + b"\\x00 and no escape"
    document, without = (make_document(make_application()) for _number in range(2))
    StagedContent.objects.create(document=document, content=content)
    assert StagedContent.objects.read(document) == content
    assert StagedContent.objects.read(without) is None
