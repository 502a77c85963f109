SELECT * FROM app.top_items(5);
