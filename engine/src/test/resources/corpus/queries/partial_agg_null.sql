SELECT a, sum(b) AS s, count(b) AS c, count(*) AS n, max(c) AS m FROM nul GROUP BY a;
