"""The shelf of readers: bytes of a file in, witnesses out.

A reader is a module with three names:

- ``NAME`` and ``VERSION``: together they stand in ``Received.reader``; raise
  the version whenever the same bytes would give another text as read.
- ``recognise(name, data) -> str``: the empty string to take the file, or a
  sentence that declines it ("not XML: it starts with 'Skip to'").
- ``read(name, data) -> tuple[Witness, ...]``: the witnesses, with sigla
  proposed from the file's name and ``Received`` filled in.  Raises
  ``ReadingError`` with place, what is wrong and what to do.

How to add one, in six steps (and what you see if you skip one):

1. Write ``readers/NAME.py`` with the three names (else: the contracts test
   fails with "no attribute 'recognise'").
2. Add its line to ``READERS`` below, more particular formats first (else:
   ``variorum formats`` does not list it, files of its kind are declined).
3. Put a small real sample into ``tests/readers/samples/`` (else: the
   contracts test fails with "no sample for NAME").
4. Let ``tests/readers/test_NAME.py`` check text, spans and at least three
   broken files (else: review will ask).
5. Name it in the README's list of formats (else: ``test_docs`` fails).
6. Say in ``CHANGELOG.md`` what users can now read.
"""
