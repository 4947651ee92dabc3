"""Small files of every kind, good and bad, made in memory."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from applications.uploads import receive

WORD_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
SHEET_TYPES = WORD_TYPES.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
PLAIN_MANIFEST = b'<manifest:manifest><manifest:file-entry manifest:full-path="/"/>'
LOCKED_MANIFEST = PLAIN_MANIFEST + b"<manifest:encryption-data/>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
LOCKED_DOCX = OLE + "EncryptedPackage".encode("utf-16-le")
RTF = rb"{\rtf1\ansi Ada Lovelace}"
TXT = "Ada Lovelace\nEnginière, 工程師\n".encode()


def received(kind, filename, content):
    """What is made of a file that a browser sends with this name and content."""
    return receive(kind, SimpleUploadedFile(filename, content, "application/x-whatever"))


def pdf(password=""):
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def archive(parts):
    """A ZIP of (name, content) in this order; a part named "mimetype" is not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in parts:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            writer.writestr(name, content, how)
    return file.getvalue()


def docx(types=WORD_TYPES, *more):
    return archive([("[Content_Types].xml", types), ("word/document.xml", b"<w:document/>"), *more])


def odt(manifest=PLAIN_MANIFEST):
    return archive(
        [("mimetype", ODT_TYPE), ("content.xml", b"<office/>"), ("META-INF/manifest.xml", manifest)]
    )


def picture(format_, size=(8, 6)):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, format_)
    return file.getvalue()


def logo(size):
    """A round mark, and beside it, where there is room, strokes that may be letters."""
    picture = Image.new("RGBA", size)
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.ellipse((0, 0, height - 1, height - 1), "#1d3557")
    pen.ellipse((height * 0.3, height * 0.3, height * 0.7, height * 0.7), "#ffd166")
    for left in range(int(height * 1.3), int(width - height * 0.3), max(height * 2 // 5, 1)):
        pen.rectangle((left, height * 0.3, left + height // 5, height * 0.7), "#1d3557")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def png_that_claims(width, height):
    """The header of a PNG of this size, as a decompression bomb has it, with next to no data."""
    content = bytearray(picture("PNG"))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)
