"""The individual programme of support (ИПС): its form, terms, directions of help and checks before agreeing."""
