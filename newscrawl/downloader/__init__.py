"""Scrapy's downloader with a guard: which address is contacted, how much a header may weigh."""
