package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was written last of each object: the informer's copy lags behind our own writes. A process
 * that has just begun reads it from the object.
 */
final class StatusBook {
  private final Map<String, Entry> byUid = new ConcurrentHashMap<>();

  private record Entry(StreamTableStatus status, Instant writtenAt) {}

  StreamTableStatus last(StreamTable resource) {
    Entry entry = byUid.get(resource.getMetadata().getUid());
    if (entry != null) {
      return entry.status();
    }
    StreamTableStatus read = resource.getStatus();
    return read == null ? StreamTableStatus.empty() : read;
  }

  Optional<Instant> writtenAt(StreamTable resource) {
    return Optional.ofNullable(byUid.get(resource.getMetadata().getUid())).map(Entry::writtenAt);
  }

  void written(StreamTable resource, StreamTableStatus status, Instant now) {
    byUid.put(resource.getMetadata().getUid(), new Entry(status, now));
  }

  void forget(String uid) {
    byUid.remove(uid);
  }
}
