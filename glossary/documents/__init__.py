"""Files become repaired documents with a log of repairs; a folder of files becomes documents and bitexts."""
