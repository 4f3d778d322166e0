package dev.parley.hub.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.model.Target;
import dev.parley.hub.telemetry.CallRecord;
import io.netty.util.AttributeKey;
import java.util.function.BiConsumer;

/**
 * What every answer and every error tells of the way it took: who served, after how many attempts,
 * how soon. The same names are headers over HTTP and metadata over gRPC.
 */
public final class ServedBy {

  /** Id of the backend that served, or that was tried last. */
  public static final String BACKEND = "x-parley-backend";

  /** Attempts on backends, all of them. */
  public static final String ATTEMPTS = "x-parley-attempts";

  /** Milliseconds from the call's begin to its first output. */
  public static final String FIRST_BYTE = "x-parley-first-byte-ms";

  /** What the cache of answers did, for names that have one. */
  public static final String CACHE = "x-parley-cache";

  private static final AttributeKey<CallRecord> RECORD =
      AttributeKey.valueOf(ServedBy.class, "RECORD");

  private ServedBy() {}

  /** Ties a call to the request that it answers. */
  public static void note(ServiceRequestContext ctx, CallRecord record) {
    ctx.setAttr(RECORD, record);
  }

  /** Gives name and value of what is known by now; nothing for requests that became no call. */
  public static void tell(ServiceRequestContext ctx, BiConsumer<String, String> header) {
    CallRecord record = ctx.attr(RECORD);
    if (record != null) {
      tell(record, header);
    }
  }

  /** Gives name and value of what is known by now. */
  public static void tell(CallRecord record, BiConsumer<String, String> header) {
    Target target = record.target();
    if (target != null) {
      header.accept(BACKEND, target.backend());
    }
    if (!record.cache().isEmpty()) {
      header.accept(CACHE, record.cache());
    }
    header.accept(ATTEMPTS, Integer.toString(record.attempts()));
    if (record.firstByteMillis() >= 0) {
      header.accept(FIRST_BYTE, Long.toString(record.firstByteMillis()));
    }
  }
}
