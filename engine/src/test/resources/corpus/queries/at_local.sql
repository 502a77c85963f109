SELECT id, shipped AT LOCAL AS a FROM ord;
