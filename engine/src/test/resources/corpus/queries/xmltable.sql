SELECT c.id, x.v FROM cust c, XMLTABLE('/r/v' PASSING xmlparse(document '<r><v>1</v><v>2</v></r>') COLUMNS v int PATH '.') x WHERE c.id < 4;
