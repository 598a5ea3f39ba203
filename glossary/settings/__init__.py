"""One settings file, glossary.toml: what a project or a person wants of every command without saying so each time."""
