SELECT DISTINCT status, qty FROM ord;
