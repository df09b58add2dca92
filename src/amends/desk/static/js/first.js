// Runs before the first paint, so that nothing jumps: parts for browsers with or without scripts.
document.documentElement.classList.add("js");
