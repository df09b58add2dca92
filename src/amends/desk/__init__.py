"""The desk: the only place that imports Django. Everything that knows rows, requests, mail servers and the clock."""
