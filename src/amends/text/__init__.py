"""Text as the desk sees it: spans in code points, sentences, words, and a normal form that keeps its way back."""
