"""Scrapy item pipelines: validate, clean, dedup, write."""
