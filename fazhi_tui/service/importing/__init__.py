"""A document to a tracker: laid out in memory first, compared with what is there, then written whole."""
