SELECT id FROM ord WHERE placed >= date_trunc('month', timestamp '2024-02-20') AND placed < date_trunc('month', timestamp '2024-02-20') + interval '1 month';
