SELECT id FROM ord WHERE status IN ('new','paid') AND qty NOT IN (1,2,3);
