SELECT id, regexp_replace(name, '[aeiou]', '#', 'gi') AS r, (regexp_match(email, '^([a-z]+)(\d+)'))[2] AS m, substring(email from '@(.*)$') AS d FROM cust;
