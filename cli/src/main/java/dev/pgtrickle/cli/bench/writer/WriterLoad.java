package dev.pgtrickle.cli.bench.writer;

/**
 * How much is written in a round.
 *
 * @param bulkRows rows of each bulk statement
 * @param singleRows statements of one row, of each kind
 * @param clientRows statements of each of the eight clients
 */
record WriterLoad(int bulkRows, int singleRows, int clientRows) {}
