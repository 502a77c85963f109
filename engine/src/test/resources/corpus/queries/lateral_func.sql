SELECT o.id, t.sku, t.total FROM ord o, app.top_items(o.id) t;
