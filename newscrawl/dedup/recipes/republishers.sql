-- Who republishes whom: pairs of sites by the number of stories that one has from the other.
-- A copy counts for the site of the story's primary copy. Needs `articles` and `clusters`.
WITH latest AS (
    SELECT * FROM clusters
    QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY assigned_at DESC) = 1
), copies AS (
    SELECT
        articles.site, articles.published_at, articles.source_kind,
        coalesce(latest.cluster_id, articles.cluster_id) AS story,
        coalesce(latest.is_primary, articles.is_primary) AS leads,
        coalesce(latest.overlap, articles.overlap) AS overlap
    FROM articles LEFT JOIN latest USING (version_id)
), origins AS (
    SELECT story, arg_min(site, published_at) AS site, min(published_at) AS published_at
    FROM copies WHERE leads GROUP BY story
)
SELECT
    origins.site AS origin,
    copies.site AS republisher,
    count(DISTINCT copies.story) AS stories,
    median(epoch(copies.published_at - origins.published_at) / 60) AS median_lag_minutes,
    round(avg(copies.overlap), 2) AS mean_overlap,
    count(*) FILTER (copies.source_kind IN ('partner', 'agency')) AS credited
FROM copies JOIN origins USING (story)
WHERE copies.site <> origins.site
GROUP BY ALL
ORDER BY stories DESC, origin, republisher;
