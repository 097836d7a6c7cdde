"""What is made of a body: the name in it, by way of the whole document or by a search."""

import re

from sample import Sample, failed

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


def answered(plan, path, planned, start, refusal, body, document, known):
    """The sample of a request that was answered: with its name, or with what is wrong.

    refusal: the reason of a status that is no success, else None
    document: the whole document, by the library's own way to it
    """
    if refusal is not None:
        return failed(path, planned, start, "status", refusal, **known)
    decode = plan["settings"]["decode"]
    try:
        name = (
            None if decode == "none"
            else name_in(body) if decode == "name"
            else name_of(document())
        )
    except ValueError as error:
        return failed(path, planned, start, "decode", error, **known)
    return Sample(path, planned, start, result=name, **known)


HOW = {"whole": "json(): dict", "name": "search in the bytes", "none": "none"}
