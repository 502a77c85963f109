SELECT id, qpos, qpos + 1 AS n, 5::posint AS p FROM ord WHERE qpos > 2;
