"""What is made of a body: the name in it, by way of the whole document or by a search."""

import re

# The one "name" that follows the moves and precedes the order: the document's own. A search that
# knows how PokéAPI lays its documents out, as one-field structs in Go do not need to.
_name = re.compile(rb'\],"name":"([^"\\]*)","order":')


def name_in(body):
    """The document's name without decoding the rest."""
    found = _name.search(body)
    if found is None:
        raise ValueError("no name between moves and order")
    return found[1].decode()


def name_of(document):
    return document.get("name") if isinstance(document, dict) else None


HOW = {"whole": "json(): dict", "name": "search in the bytes", "none": "none"}
