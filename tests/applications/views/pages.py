"""Reading a page as a person would: by what stands where."""

import tinyhtml5


def read(response):
    """The page's elements, found by id."""
    tree = tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)
    return {element.get("id"): element for element in tree.iter() if element.get("id")}


def text(element):
    return " ".join("".join(element.itertext()).split())


def errors(response):
    """The sentence beside each field that has one, by the field's name."""
    elements = read(response)
    return {
        name.removeprefix("id_").removesuffix("_error"): text(element)
        for name, element in elements.items()
        if name.endswith("_error")
    }
