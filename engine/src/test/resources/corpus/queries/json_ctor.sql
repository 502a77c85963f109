SELECT id, JSON_OBJECT('k': name, 'r': region ABSENT ON NULL) AS o, JSON_ARRAY(id, name) AS a FROM cust;
