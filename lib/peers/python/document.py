"""What is made of a body: the name in it, by way of the whole document."""

from sample import Sample, failed

def name_of(document):
    return document.get("name") if isinstance(document, dict) else None


def answered(plan, path, planned, start, refusal, document, known):
    """The sample of a request that was answered: with its name, or with what is wrong.

    refusal: the reason of a status that is no success, else None
    document: the whole document, by the library's own way to it
    """
    if refusal is not None:
        return failed(path, planned, start, "status", refusal, **known)
    try:
        name = None if plan["settings"]["decode"] == "none" else name_of(document())
    except ValueError as error:
        return failed(path, planned, start, "decode", error, **known)
    return Sample(path, planned, start, result=name, **known)


HOW = {"whole": "json(): dict", "none": "none"}
