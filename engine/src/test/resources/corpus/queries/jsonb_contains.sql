SELECT id FROM cust WHERE attrs @> '{"a": 1}' AND attrs ? 'b' AND attrs ?| array['a','z'] AND attrs ?& array['a','b'];
