SELECT c.id, c.name, c.region, count(o.id) AS n FROM cust c LEFT JOIN ord o ON o.cust_id = c.id GROUP BY c.id;
