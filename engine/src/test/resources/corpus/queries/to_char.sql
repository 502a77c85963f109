SELECT id, to_char(amount, 'FM999990.00') AS a, to_char(placed, 'YYYY-MM-DD HH24:MI') AS b, to_date('20240102','YYYYMMDD') AS c FROM ord;
