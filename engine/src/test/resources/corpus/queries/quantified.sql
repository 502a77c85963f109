SELECT id FROM ord o WHERE amount > ALL (SELECT i.price FROM item i WHERE i.ord_id = o.id) AND qty >= ANY (SELECT n FROM item) AND qty = SOME (SELECT n FROM item WHERE n < 4);
