SELECT cust_id, jsonb_agg(jsonb_build_object('id', id, 'amt', amount) ORDER BY id) AS j, jsonb_object_agg(id, status) AS o FROM ord GROUP BY cust_id;
