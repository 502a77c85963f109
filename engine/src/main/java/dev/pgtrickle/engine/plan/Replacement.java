package dev.pgtrickle.engine.plan;

import java.util.List;

/**
 * All rows of a storage table for all rows of another query, where no key relates the two.
 *
 * @param preparation complete statements that only read
 * @param delete removes every row
 * @param apply puts the new ones in
 * @param after builds what the new key rests on
 */
public record Replacement(
    List<String> preparation, String delete, ApplyStatement apply, List<String> after) {}
