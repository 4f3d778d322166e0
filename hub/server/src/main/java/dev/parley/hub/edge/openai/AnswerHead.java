package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.model.Target;
import dev.parley.hub.telemetry.CallRecord;
import io.netty.util.AsciiString;
import java.util.Map;

/** The headers of a successful answer: who served, how long it took, and what the backend told. */
final class AnswerHead {

  private static final MediaType EVENT_STREAM = MediaType.parse("text/event-stream; charset=utf-8");
  private static final AsciiString BACKEND = AsciiString.cached("x-parley-backend");
  private static final AsciiString ATTEMPTS = AsciiString.cached("x-parley-attempts");
  private static final AsciiString FIRST_BYTE = AsciiString.cached("x-parley-first-byte-ms");
  private static final AsciiString PROCESSING = AsciiString.cached("openai-processing-ms");
  private static final AsciiString UPSTREAM_ID = AsciiString.cached("x-upstream-request-id");

  private AnswerHead() {}

  static ResponseHeadersBuilder json(CallRecord record, Map<String, String> upstream) {
    return base(record, upstream).contentType(MediaType.JSON);
  }

  static ResponseHeadersBuilder events(CallRecord record, Map<String, String> upstream) {
    return base(record, upstream)
        .contentType(EVENT_STREAM)
        .set("cache-control", "no-cache, no-transform")
        .set("x-accel-buffering", "no");
  }

  private static ResponseHeadersBuilder base(CallRecord record, Map<String, String> upstream) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK);
    upstream.forEach((name, value) -> {
      if (name.equals("x-request-id")) {
        headers.set(UPSTREAM_ID, value);
      } else {
        headers.set(name, value);
      }
    });
    Target target = record.target();
    if (target != null) {
      headers.set(BACKEND, target.backend());
    }
    headers.setInt(ATTEMPTS, record.attempts());
    if (record.firstByteMillis() >= 0) {
      headers.setLong(FIRST_BYTE, record.firstByteMillis());
      headers.setLong(PROCESSING, record.firstByteMillis());
    }
    return headers;
  }
}
