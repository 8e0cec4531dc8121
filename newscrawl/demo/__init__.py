"""A small invented world of papers, served on loopback: what ``newscrawl demo`` crawls."""

from newscrawl.demo.records import demo_sites
from newscrawl.demo.server import DemoServer
from newscrawl.demo.world import OPENED, POLLS, Paper, Story, World, load_world

__all__ = ["OPENED", "POLLS", "DemoServer", "Paper", "Story", "World", "demo_sites", "load_world"]
