/** PostgreSQL as the judge of what the front end made of a query. */
package dev.pgtrickle.engine.sql.oracle;
