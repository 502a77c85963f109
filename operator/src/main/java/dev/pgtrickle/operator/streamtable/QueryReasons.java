package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.List;
import java.util.Optional;

/** Codes of the engine as reasons of conditions. */
final class QueryReasons {
  /** Codes that are reasons of Stalled as they are. */
  private static final List<StreamTableReason> SAME_WORD =
      List.of(
          StreamTableReason.OBJECT_EXISTS,
          StreamTableReason.CONFLICT,
          StreamTableReason.QUOTA_EXCEEDED,
          StreamTableReason.REPAIR_LOOP,
          StreamTableReason.NEGATIVE_MULTIPLICITY,
          StreamTableReason.PUBLICATION_FOR_ALL_TABLES,
          StreamTableReason.CYCLIC_DEPENDENCY,
          StreamTableReason.DEPENDANTS_EXIST,
          StreamTableReason.CHANGE_REJECTED);

  private QueryReasons() {}

  /** A definition that the engine refused. */
  static Verdict refused(TrickleException reason) {
    String where = reason.where().map(place -> " (" + place + ")").orElse("");
    return stopped(reason.code().word(), reason.what() + where + "; " + reason.remedy());
  }

  /** A table that stands still. */
  static Verdict.Stopped stopped(String code, String message) {
    for (StreamTableReason same : SAME_WORD) {
      if (same.word().equals(code)) {
        return plain(same, message);
      }
    }
    for (ErrorCode known : ErrorCode.values()) {
      if (known.word().equals(code)) {
        return stopped(known, message);
      }
    }
    return exhausted(message);
  }

  private static Verdict.Stopped stopped(ErrorCode code, String message) {
    return switch (code) {
      case INVALID_MANIFEST -> plain(StreamTableReason.INVALID_QUERY, message);
      case PARSE_ERROR -> query(StreamTableReason.PARSE_ERROR, message);
      case UNSUPPORTED, CYCLE_DETECTED ->
          new Verdict.Stopped(
              StreamTableReason.UNSUPPORTED_QUERY,
              StreamTableReason.UNSUPPORTED_QUERY,
              Optional.of(StreamTableReason.UNSUPPORTED),
              message);
      case QUERY_TOO_COMPLEX -> query(StreamTableReason.QUERY_TOO_COMPLEX, message);
      case VOLATILE_FUNCTION -> query(StreamTableReason.VOLATILE_FUNCTION, message);
      case SOURCE_MISSING ->
          new Verdict.Stopped(
              StreamTableReason.INVALID_QUERY,
              StreamTableReason.SOURCE_MISSING,
              Optional.of(StreamTableReason.SOURCE_MISSING),
              message);
      case TYPE_CHANGED -> query(StreamTableReason.TYPE_CHANGED, message);
      case PERMISSION_DENIED ->
          new Verdict.Stopped(
              StreamTableReason.PERMISSION_DENIED,
              StreamTableReason.PERMISSION_DENIED,
              Optional.of(StreamTableReason.PERMISSION_DENIED),
              message);
      case SCHEMA_TOO_NEW -> plain(StreamTableReason.CONFLICT, message);
      default -> exhausted(message);
    };
  }

  private static Verdict.Stopped query(StreamTableReason validity, String message) {
    return new Verdict.Stopped(
        StreamTableReason.INVALID_QUERY,
        StreamTableReason.INVALID_QUERY,
        Optional.of(validity),
        message);
  }

  private static Verdict.Stopped plain(StreamTableReason reason, String message) {
    return new Verdict.Stopped(reason, reason, Optional.empty(), message);
  }

  private static Verdict.Stopped exhausted(String message) {
    return new Verdict.Stopped(
        StreamTableReason.RETRIES_EXHAUSTED,
        StreamTableReason.REFRESH_FAILING,
        Optional.empty(),
        message);
  }
}
