SELECT * FROM json_to_recordset('[{"a":1,"b":"x"}]'::json) AS r(a int, b text);
