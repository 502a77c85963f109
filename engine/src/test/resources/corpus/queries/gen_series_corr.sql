SELECT o.id, g FROM ord o, generate_series(1, o.qty, 2) g;
