SELECT id, amount FROM ord WHERE qty = 1 FOR UPDATE;
