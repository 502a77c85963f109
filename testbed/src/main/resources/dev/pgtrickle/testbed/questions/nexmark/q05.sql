WITH hot AS (SELECT auction, date_bin('10 minutes', date_time, timestamp '2024-01-01') AS window_start, count(*) AS num FROM bid GROUP BY auction, date_bin('10 minutes', date_time, timestamp '2024-01-01'))
SELECT h.auction, h.window_start, h.num FROM hot h JOIN (SELECT window_start, max(num) AS maximum FROM hot GROUP BY window_start) m ON m.window_start = h.window_start AND h.num >= m.maximum;
