SELECT status, qty, sum(amount) AS s FROM ord GROUP BY CUBE (status, qty);
