package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller is willing to wait: gRPC's {@code grpc-timeout}, honoured on REST, too. */
public final class CallerPatience {

  private static final Duration ENDLESS = Duration.ofDays(365);
  private static final Pattern FORM = Pattern.compile("(\\d{1,8})([HMSmun])");

  private CallerPatience() {}

  public static Duration of(RequestHeaders headers) {
    String text = headers.get("grpc-timeout");
    return text == null ? ENDLESS : parse(text);
  }

  static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new HubException(
          new HubError.InvalidRequest(
              "grpc-timeout",
              "not a timeout",
              "up to 8 digits and a unit (H M S m u n), as in 30S"));
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "H" -> Duration.ofHours(amount);
      case "M" -> Duration.ofMinutes(amount);
      case "S" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMillis(amount);
      case "u" -> Duration.ofNanos(amount * 1_000);
      default -> Duration.ofNanos(amount);
    };
  }
}
