SELECT cust_id, sum(wait) AS w, avg(wait) AS aw, justify_hours(sum(wait)) AS j FROM ord GROUP BY cust_id;
