package dev.parley.hub.edge.error;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.json.JsonWriter;
import io.grpc.Status;

/** Renders a failure for callers of the OpenAI API and of the native JSON routes. */
public final class OpenAiErrors {

  private OpenAiErrors() {}

  /** The whole answer of a call that failed before its first byte. */
  public static HttpResponse response(ErrorView view) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.valueOf(view.http())).contentType(MediaType.JSON);
    if (view.grpc() == Status.Code.UNAUTHENTICATED) {
      headers.set("www-authenticate", "Bearer");
    }
    switch (view.retry()) {
      case ErrorView.Retry.No() -> {
        if (isRetriedUnasked(view.http())) {
          headers.set("x-should-retry", "false");
        }
      }
      case ErrorView.Retry.Perhaps() -> {}
      case ErrorView.Retry.After(var delay) -> {
        headers.setLong("retry-after", Math.max(1, (delay.toMillis() + 999) / 1_000));
        headers.setLong("retry-after-ms", delay.toMillis());
      }
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(body(view)));
  }

  /** The statuses on which OpenAI's SDKs repeat a call unless they are told not to. */
  private static boolean isRetriedUnasked(int status) {
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  /** {@code {"error":{…},"detail":…}}: the second member is for callers of the native routes. */
  public static byte[] body(ErrorView view) {
    JsonWriter json = new JsonWriter(256).beginObject();
    error(json, view);
    return json.member("detail", view.message()).endObject().toBytes();
  }

  /** The event that ends a stream which has already begun. */
  public static byte[] event(ErrorView view) {
    JsonWriter json = new JsonWriter(256).beginObject();
    error(json, view);
    return json.endObject().toBytes();
  }

  private static void error(JsonWriter json, ErrorView view) {
    json.name("error").beginObject();
    json.member("message", view.message()).member("type", view.type()).name("param");
    String param = view.param();
    if (param == null) {
      json.nullValue();
    } else {
      json.value(param);
    }
    json.member("code", view.code()).endObject();
  }
}
