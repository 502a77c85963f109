package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;

/** Looks at queries over the tables of one database. */
public interface PreviewClient extends AutoCloseable {

  Preview preview(PreviewRequest request);

  @Override
  void close();
}
