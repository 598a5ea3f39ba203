"""One module a format. `write(entries, out, about)` and, where it makes sense, `read(path, hints)`."""
