"""What a page shows, one function per page: plain documents for the web app, the one-file report and anybody's script.

A document holds numbers and the sentences that state them; layout is the page's affair. Functions read and never write.
"""


class Missing(LookupError):
    """Something asked for by name that does not exist; the message says what there is."""
