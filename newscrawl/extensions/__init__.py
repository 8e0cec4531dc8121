"""Scrapy extensions: progress, run account."""
