"""One act, one function, one transaction: rows, event and queued work together. Every act is told what time it is."""
