"""Mail: bytes from the world in, a Letter out, never an exception; and letters of ours out again."""
