-- Speed: how long after the first copy each site has a story that several sites carry.
-- Needs `articles` and `clusters`; only copies whose minute of publication is known count.
WITH latest AS (
    SELECT * FROM clusters
    QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY assigned_at DESC) = 1
), copies AS (
    SELECT
        coalesce(latest.cluster_id, articles.cluster_id) AS story,
        articles.site,
        min(articles.published_at) AS published_at
    FROM articles LEFT JOIN latest USING (version_id)
    WHERE articles.published_at IS NOT NULL AND articles.published_precision <> 'day'
    GROUP BY ALL
), shared AS (
    SELECT
        *,
        epoch(published_at - min(published_at) OVER (PARTITION BY story)) / 60 AS lag,
        count(*) OVER (PARTITION BY story) AS sites
    FROM copies
)
SELECT
    site,
    count(*) AS shared_stories,
    count(*) FILTER (lag = 0) AS first,
    median(lag) AS median_lag_minutes,
    quantile_cont(lag, 0.9) AS slowest_tenth_minutes
FROM shared
WHERE sites > 1
GROUP BY site
ORDER BY first DESC, median_lag_minutes, site;
