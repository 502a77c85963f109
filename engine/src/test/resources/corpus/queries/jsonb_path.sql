SELECT id, jsonb_path_query_first(lines, '$[*] ? (@.n > 1).sku') AS s, lines @? '$[*] ? (@.n == 2)' AS e, lines @@ '$[0].n == 1' AS m FROM ord;
