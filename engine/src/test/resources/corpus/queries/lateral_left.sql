SELECT c.id, x.s FROM cust c LEFT JOIN LATERAL (SELECT sum(o.amount) AS s FROM ord o WHERE o.cust_id = c.id) x ON true;
