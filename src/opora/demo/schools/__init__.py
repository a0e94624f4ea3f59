"""The schools of the made-up region: their people, classes, meetings and programmes."""
