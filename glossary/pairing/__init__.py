"""What is a translation of what: bitexts found by name, folder, date and content; copies; manifests."""
