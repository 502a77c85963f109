package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceReaders;
import dev.pgtrickle.engine.definition.Buffers;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What kind of buffers the tables that share a source agree on: logged ones win, but never where
 * they would be published (P20); whoever does not accept the publication stands still then.
 */
final class BufferDemand {
  private final SourceReaders readers = new SourceReaders();
  private final PublicationGuard publications;

  BufferDemand(PublicationGuard publications) {
    this.publications = publications;
  }

  /** For the first table that reads a source. */
  Buffers ofFirst(Connection connection, Buffers asked) throws SQLException {
    return publications.present(connection).isPresent() ? Buffers.UNLOGGED : asked;
  }

  /** With one more table that reads it. */
  Buffers of(Connection connection, RegisteredSource source, Buffers asked) throws SQLException {
    if (publications.present(connection).isPresent()) {
      return Buffers.UNLOGGED;
    }
    return readers.isAskedToBeLogged(connection, source.id()) ? Buffers.LOGGED : asked;
  }
}
