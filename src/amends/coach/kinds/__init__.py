"""The closed set of detectors a rule pack may use, one file each."""
