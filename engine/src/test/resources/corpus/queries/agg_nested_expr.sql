SELECT cust_id, sum(amount) / NULLIF(count(amount), 0) AS av, round(100.0 * sum(qty) / sum(sum(qty)) OVER (), 2) AS pct FROM ord GROUP BY cust_id;
