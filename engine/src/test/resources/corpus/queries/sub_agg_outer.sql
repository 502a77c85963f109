SELECT c.region, sum(c.score) AS s, (SELECT count(*) FROM ord o WHERE o.amount > sum(c.score)) AS n FROM cust c GROUP BY c.region;
