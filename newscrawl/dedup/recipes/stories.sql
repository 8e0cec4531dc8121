-- Stories instead of copies: one row a story, told by its primary copy, with how far it travelled.
-- Needs the tables (or views) `articles` and `clusters`.
WITH current AS (
    SELECT * FROM articles
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
), latest AS (
    SELECT * FROM clusters
    QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY assigned_at DESC) = 1
), copies AS (
    SELECT
        current.*,
        coalesce(latest.cluster_id, current.cluster_id) AS story,
        coalesce(latest.is_primary, current.is_primary) AS leads
    FROM current LEFT JOIN latest USING (version_id)
)
SELECT
    story,
    arg_min(title, (NOT leads, published_at)) AS title,
    arg_min(site, (NOT leads, published_at)) AS site,
    arg_min(url, (NOT leads, published_at)) AS url,
    min(published_at) AS first_published_at,
    count(*) AS copies,
    count(DISTINCT site) AS sites,
    count(DISTINCT country) AS countries
FROM copies
GROUP BY story
ORDER BY sites DESC, copies DESC, story;
