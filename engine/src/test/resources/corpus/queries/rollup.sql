SELECT region, active, count(*) AS n, grouping(region) AS gr FROM cust GROUP BY ROLLUP (region, active);
