"""PDFs as strangers make them, good and bad, made in memory."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

A4 = (595, 842)


def name(text):
    return NameObject(f"/{text}")


def dictionary(**values):
    return DictionaryObject({name(key): value for key, value in values.items()})


def numbers(*values):
    return ArrayObject(FloatObject(value) for value in values)


def stream(data, **values):
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(dictionary(**values))
    return made


def script(text="app.alert(1)"):
    return dictionary(S=name("JavaScript"), JS=TextStringObject(text))


class Stranger:
    """A PDF in the making: pages with a line of text, and whatever else is put in."""

    def __init__(self, pages=1, size=A4):
        self.writer = PdfWriter()
        self.root = self.writer.root_object
        for number in range(1, pages + 1):
            page = self.writer.add_blank_page(*size)
            font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
            page[name("Resources")] = dictionary(Font=dictionary(F=font))
            text = f"BT /F 24 Tf 72 700 Td (Page {number} of my life) Tj ET".encode()
            page[name("Contents")] = self.add(stream(text))

    @property
    def page(self):
        return self.writer.pages[0]

    def add(self, each):
        return self.writer._add_object(each)

    def note(self, **values):
        """An annotation on the first page."""
        notes = self.page.setdefault(name("Annots"), ArrayObject())
        defaults = {"Type": name("Annot"), "Rect": numbers(72, 100, 272, 140), "F": NumberObject(4)}
        notes.append(self.add(dictionary(**{**defaults, **values})))

    def bytes(self):
        target = BytesIO()
        self.writer.write(target)
        return target.getvalue()


def with_script():
    stranger = Stranger()
    stranger.root[name("OpenAction")] = script()
    return stranger.bytes()


def with_file():
    stranger = Stranger()
    stranger.writer.add_attachment("secret.exe", b"MZ-SECRET")
    return stranger.bytes()


def read(content):
    return PdfReader(BytesIO(content))
