SELECT t.region, t.total, v.id FROM v_tot t JOIN v_active v ON v.region = t.region;
