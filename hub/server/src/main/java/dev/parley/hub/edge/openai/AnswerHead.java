package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.http.ServerSentEvents;
import dev.parley.hub.telemetry.CallRecord;
import io.netty.util.AsciiString;
import java.util.Map;

/** The headers of a successful answer: who served, how long it took, and what the backend told. */
final class AnswerHead {

  private static final AsciiString PROCESSING = AsciiString.cached("openai-processing-ms");
  private static final AsciiString UPSTREAM_ID = AsciiString.cached("x-upstream-request-id");

  private AnswerHead() {}

  static ResponseHeadersBuilder json(CallRecord record, Map<String, String> upstream) {
    return told(ResponseHeaders.builder(HttpStatus.OK), record, upstream)
        .contentType(MediaType.JSON);
  }

  static ResponseHeadersBuilder events(CallRecord record, Map<String, String> upstream) {
    return told(ServerSentEvents.head(), record, upstream);
  }

  private static ResponseHeadersBuilder told(
      ResponseHeadersBuilder headers, CallRecord record, Map<String, String> upstream) {
    upstream.forEach((name, value) -> {
      if (name.equals("x-request-id")) {
        headers.set(UPSTREAM_ID, value);
      } else {
        headers.set(name, value);
      }
    });
    ServedBy.tell(record, headers::set);
    if (record.firstByteMillis() >= 0) {
      headers.setLong(PROCESSING, record.firstByteMillis());
    }
    return headers;
  }
}
