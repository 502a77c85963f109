SELECT bidder, count(*) AS bid_count, date_bin('10 seconds', date_time, timestamp '2024-01-01') AS starttime FROM bid GROUP BY bidder, date_bin('10 seconds', date_time, timestamp '2024-01-01');
