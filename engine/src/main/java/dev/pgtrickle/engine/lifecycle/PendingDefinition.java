package dev.pgtrickle.engine.lifecycle;

import java.util.List;

/**
 * A definition that was asked for and is not in effect.
 *
 * @param hash what a person approves
 * @param summary what would change, in a sentence
 * @param dependants objects of others that read the relation
 */
public record PendingDefinition(String hash, String summary, List<String> dependants) {

  public PendingDefinition {
    dependants = List.copyOf(dependants);
  }
}
