SELECT count(*) AS n FROM ord HAVING count(*) > 10;
