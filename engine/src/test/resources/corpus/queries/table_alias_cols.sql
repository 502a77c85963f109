SELECT t.x, t.c FROM nul AS t(x, y) WHERE t.y > 1;
