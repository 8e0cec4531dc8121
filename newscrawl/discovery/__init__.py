"""Finding article URLs: feeds, sitemaps, section pages, listing APIs."""
