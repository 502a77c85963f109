SELECT c.id, t FROM cust c, unnest(c.tags) AS t;
