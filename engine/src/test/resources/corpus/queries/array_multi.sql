SELECT id, grid[1][2] AS g, grid[1:1][2:2] AS s FROM item;
