package dev.pgtrickle.engine.source;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Map;

/**
 * Where the changes of one source stand: the buffers to read and the buffer column of every
 * captured attribute. Which rows of them are new is the rule of protocol P1, see {@link
 * ChangeColumns}.
 *
 * @param sourceId pgtrickle.source.id
 * @param buffers every buffer that can hold an unread row (two sides, of each generation that has
 *     the columns)
 * @param columns attribute number to column name, the same in all buffers
 */
public record ChangeWindow(
    long sourceId,
    long relationOid,
    List<QualifiedName> buffers,
    Map<Integer, Identifier> columns) {}
