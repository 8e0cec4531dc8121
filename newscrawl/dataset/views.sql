-- Views over the tables `articles` and `clusters` (DuckDB; plain enough for others).

-- the latest version of every article
CREATE OR REPLACE VIEW articles_current AS
SELECT * EXCLUDE (newest)
FROM (
  SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY version DESC) AS newest
  FROM articles
)
WHERE newest = 1;

-- one row a story: its primary copy, as `clusters` has it last, else as it was when written
CREATE OR REPLACE VIEW articles_unique AS
WITH last_word AS (
  SELECT version_id, cluster_id, is_primary
  FROM (
    SELECT *, row_number() OVER (PARTITION BY version_id ORDER BY assigned_at DESC) AS newest
    FROM clusters
  )
  WHERE newest = 1
),
known AS (
  SELECT a.* REPLACE (
    coalesce(c.cluster_id, a.cluster_id) AS cluster_id,
    coalesce(c.is_primary, a.is_primary) AS is_primary
  )
  FROM articles_current AS a LEFT JOIN last_word AS c USING (version_id)
)
SELECT * EXCLUDE (place)
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY cluster_id
    ORDER BY is_primary DESC, published_at NULLS LAST, fetched_at, version_id
  ) AS place
  FROM known
)
WHERE place = 1;
