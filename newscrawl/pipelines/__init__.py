"""Scrapy item pipelines: validate, clean, dedup, write."""

from newscrawl.pipelines.clean import CleanPipeline
from newscrawl.pipelines.dedup import DedupPipeline
from newscrawl.pipelines.validate import ValidatePipeline
from newscrawl.pipelines.write import WritePipeline

__all__ = ["CleanPipeline", "DedupPipeline", "ValidatePipeline", "WritePipeline"]
