SELECT b.auction, b.bidder, b.price, b.channel, b.url, b.date_time AS bid_date_time, a.item_name, a.seller, a.category FROM bid AS b INNER JOIN auction AS a ON b.auction = a.id WHERE a.category = 10;
