SELECT m."Id", m."select" AS "From", m."Größe" * 2 AS "größer als", m."tab""q" FROM "Mixed Case" m WHERE m."select" <> 'x''1';
