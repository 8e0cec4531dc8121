"""Where each paper keeps its stories."""

from __future__ import annotations

from newscrawl.demo.world import Paper, Story


def story_path(paper: Paper, story: Story) -> str:
    """The path of a story on its paper's site."""
    match paper.style:
        case "hub":
            return f"/{story.slug}/"
        case "wordpress" | "discovered":
            return f"/{story.section.lower()}/{story.slug}"
        case "sections":
            return f"/article/{story.slug}"
        case "rss":
            return f"/{'members' if story.closed else 'news'}/{story.slug}"
        case "atom":
            return f"/posts/{story.slug}/"
        case "news_sitemap":
            return f"/{story.slug}.html"
        case "jsonfeed":
            return f"/khobor/{story.slug}"
    raise ValueError(f"no paths for a paper of style {paper.style!r}")


def story_url(paper: Paper, story: Story) -> str:
    """The address that a paper calls a story's own (``rel=canonical``)."""
    return paper.home.rstrip("/") + story_path(paper, story)


def variants(paper: Paper, story: Story) -> dict[str, str]:
    """Other paths under which the same story is served: AMP and print."""
    match paper.style:
        case "rss":
            return {"amp": f"/amp{story_path(paper, story)}"}
        case "news_sitemap":
            return {"print": f"/print/{story.slug}.html"}
    return {}


def section_path(paper: Paper, section: str, page: int = 1) -> str:
    """The path of a page of a section, counted from 1."""
    if paper.style == "hub":
        return f"/tag/{section}/" if page == 1 else f"/tag/{section}/page/{page}/"
    path = f"/{section.lower()}/"
    return path if page == 1 else f"{path}?page={page}"
