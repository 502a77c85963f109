SELECT id, EXTRACT(year FROM placed) AS y, EXTRACT(epoch FROM wait) AS e, date_part('dow', placed) AS dw, EXTRACT(isodow FROM placed::date) AS iso FROM ord;
