SELECT id FROM ord WHERE status = ANY (ARRAY['new','paid']) AND 2 = ANY (codes);
