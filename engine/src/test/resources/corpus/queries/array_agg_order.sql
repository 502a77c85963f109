SELECT cust_id, array_agg(id ORDER BY amount DESC NULLS LAST, id) AS ids, array_agg(DISTINCT status) AS sts FROM ord GROUP BY cust_id;
