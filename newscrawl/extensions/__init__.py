"""Scrapy extensions: the run's account, and log lines that are safe to print."""
