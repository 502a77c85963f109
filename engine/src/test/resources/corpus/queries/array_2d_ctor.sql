SELECT id, ARRAY[[id, qty],[1,2]] AS g, ARRAY[]::int[] AS e FROM ord;
