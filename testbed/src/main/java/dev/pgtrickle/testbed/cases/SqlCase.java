package dev.pgtrickle.testbed.cases;

import java.nio.file.Path;

/**
 * A query over tables, and what happens to them.
 *
 * @param file where it was read, or will be written
 * @param ddl the tables, with their first rows
 * @param query without its semicolon
 * @param queryLine of the file in which the query begins
 * @param dml what happens to the rows
 */
public record SqlCase(
    String name, Path file, CaseScript ddl, String query, int queryLine, CaseScript dml) {}
