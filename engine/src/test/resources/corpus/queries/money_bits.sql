SELECT id, 12.34::money AS m, B'101' AS b, X'1F' AS x, B'101'::bit(3) & B'110' AS a FROM cust;
