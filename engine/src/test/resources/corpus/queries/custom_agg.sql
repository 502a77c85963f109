SELECT cust_id, app.mul(qpos) AS m, app.mul(qpos) FILTER (WHERE qpos > 1) AS mf FROM ord GROUP BY cust_id;
