package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.limits.Standing;
import io.netty.util.AsciiString;
import java.time.Duration;

/** Tells callers with every answer how much of their limits is left, as OpenAI does. */
final class StandingHeaders {

  private static final Names REQUESTS = Names.of("requests");
  private static final Names TOKENS = Names.of("tokens");

  private record Names(AsciiString limit, AsciiString remaining, AsciiString reset) {

    static Names of(String what) {
      return new Names(
          AsciiString.cached("x-ratelimit-limit-" + what),
          AsciiString.cached("x-ratelimit-remaining-" + what),
          AsciiString.cached("x-ratelimit-reset-" + what));
    }
  }

  private StandingHeaders() {}

  /**
   * All of them at once: each change of a request's further headers copies those that are there.
   */
  static void tell(ServiceRequestContext ctx, Standing standing) {
    Standing.Level requests = standing.requests().orElse(null);
    Standing.Level tokens = standing.tokens().orElse(null);
    if (requests == null && tokens == null) {
      return;
    }
    ctx.mutateAdditionalResponseHeaders(headers -> {
      if (requests != null) {
        tell(headers, REQUESTS, requests);
      }
      if (tokens != null) {
        tell(headers, TOKENS, tokens);
      }
    });
  }

  private static void tell(HttpHeadersBuilder headers, Names names, Standing.Level level) {
    headers.set(names.limit(), Long.toString(level.limit()));
    headers.set(names.remaining(), Long.toString(Math.max(0, level.remaining())));
    headers.set(names.reset(), text(level.reset()));
  }

  /** Such as {@code 20ms}, {@code 1s}, {@code 6m0s} and {@code 1h0m0s}; rounded up. */
  static String text(Duration reset) {
    long millis = Math.max(0, (reset.toNanos() + 999_999) / 1_000_000);
    if (millis < 1_000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long seconds = (millis + 999) / 1_000;
    String tail = seconds % 60 + "s";
    if (seconds < 60) {
      return tail;
    }
    tail = seconds / 60 % 60 + "m" + tail;
    return seconds < 3_600 ? tail : seconds / 3_600 + "h" + tail;
  }
}
