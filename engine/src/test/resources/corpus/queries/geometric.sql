SELECT id, point(id, qty) <-> point(0,0) AS d, box(point(0,0), point(3,3)) @> point(id, qty) AS c FROM ord;
