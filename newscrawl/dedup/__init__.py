"""One story, many copies: canonical URLs, fingerprints, clusters."""
