SELECT id FROM ord WHERE status <> ALL ('{new,paid}'::text[]) AND 5 > ALL (codes);
