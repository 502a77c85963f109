SELECT id, attrs || '{"z":1}' AS j, attrs - 'a' AS k, attrs #- '{b,c}' AS l FROM cust;
