"""A person's own desk: messages, deadlines, files and documents; and the check of a document for everybody."""
