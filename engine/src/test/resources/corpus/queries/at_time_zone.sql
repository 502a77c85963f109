SELECT id, placed AT TIME ZONE 'Europe/Paris' AS a, shipped AT TIME ZONE 'UTC' AS b, timezone('Asia/Tokyo', shipped) AS c, shipped AT TIME ZONE interval '2 hours' AS d FROM ord;
