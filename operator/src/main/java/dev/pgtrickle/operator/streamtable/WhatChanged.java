package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTable;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what a reconciliation has to see: another spec, a request by annotation, a deletion.
 * Our own status writes are none of these.
 */
public final class WhatChanged implements OnUpdateFilter<StreamTable> {

  @Override
  public boolean accept(StreamTable now, StreamTable before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !annotations(now).equals(annotations(before))
        || !Objects.equals(now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }

  private static Map<String, String> annotations(StreamTable table) {
    @Nullable Map<String, String> annotations = table.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
