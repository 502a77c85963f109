package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import dev.pgtrickle.engine.source.WakeUp;
import java.time.Instant;
import java.util.List;

/**
 * All that the capture functions of one source say.
 *
 * @param buffer the table that they write
 * @param deadline after it they record nothing but that they expired (P18)
 */
record CaptureProgram(
    long sourceId,
    QualifiedName relation,
    QualifiedName buffer,
    List<CapturedColumn> columns,
    Instant deadline,
    WakeUp wake,
    Coverage coverage) {}
