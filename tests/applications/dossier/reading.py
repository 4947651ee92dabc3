"""How a finished dossier looks to a program that reads it."""

from io import BytesIO

from pypdf import PdfReader


class Reading:
    """A PDF's text, links, tags and fonts."""

    def __init__(self, content):
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]
        self.pages = [page.extract_text() for page in self.reader.pages]
        self.text = "\n".join(self.pages)
        self.words = " ".join(self.text.split())

    @property
    def links(self):
        return [note["/A"]["/URI"] for note in self.annotations]

    @property
    def annotations(self):
        return [note.get_object() for page in self.reader.pages for note in page.get("/Annots", [])]

    @property
    def fonts(self):
        return [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            for font in self.reader.pages[0]["/Resources"]["/Font"].values()
        ]

    @property
    def images(self):
        # The pages share one dictionary of them.
        return list(self.reader.pages[0].images)

    def tags(self, name):
        """The structure elements of one kind, in reading order."""
        return [element for element in walk(self.root["/StructTreeRoot"]) if element["/S"] == name]


def walk(element):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from walk(child)
