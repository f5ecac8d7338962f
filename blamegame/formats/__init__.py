"""Games in and out of files and other libraries' objects: .nfg, CSV, DataFrame, LaTeX, nashpy, quantecon."""
