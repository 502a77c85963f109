SELECT o.id FROM ord o JOIN item i ON i.ord_id = o.id AND i.n = o.qty AND i.price > o.ratio WHERE o.placed > o.shipped OR o.placed > date '2024-02-03';
