SELECT auction, price FROM bid WHERE mod(auction, 12) = 0;
