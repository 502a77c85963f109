SELECT c.id, (SELECT max(o.amount) FROM ord o WHERE o.cust_id = c.id) AS m, (SELECT count(*) FROM ord) AS n FROM cust c;
