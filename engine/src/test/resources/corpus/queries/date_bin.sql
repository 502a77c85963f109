SELECT date_bin('15 minutes', at, timestamptz '2024-01-01 00:00+00') AS b, count(*) AS n FROM app.evt GROUP BY 1;
