SELECT e.id, b.id AS bid, bb.id AS bbid FROM emp e LEFT JOIN emp b ON e.boss = b.id LEFT JOIN emp bb ON b.boss = bb.id;
