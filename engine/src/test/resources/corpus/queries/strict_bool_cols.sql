SELECT id, active, NOT active AS na, active = true AS e, active::int AS i FROM cust WHERE active;
