SELECT * FROM (SELECT *, rank() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number FROM bid) q WHERE rank_number <= 10;
