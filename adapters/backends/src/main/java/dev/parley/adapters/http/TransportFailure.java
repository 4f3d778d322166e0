package dev.parley.adapters.http;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.framing.FrameTooLargeException;
import dev.parley.core.model.Target;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Failures below HTTP, told in words that hold no address. */
final class TransportFailure {

  private TransportFailure() {}

  /**
   * @param limit the longest that was waited for a connection or an answer
   */
  static HubException toHub(Throwable thrown, Target target, Duration limit) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof UnprocessedRequestException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof HubException known) {
      return known;
    }
    if (cause instanceof ConnectTimeoutException) {
      return new HubException(new HubError.DeadlineExceeded(Stage.CONNECT, limit), cause);
    }
    if (cause instanceof ResponseTimeoutException) {
      return new HubException(new HubError.DeadlineExceeded(Stage.FIRST_BYTE, limit), cause);
    }
    return new HubException(
        new HubError.BackendFailed(
            target, OptionalInt.empty(), words(cause), HubError.Reached.BACKEND),
        cause);
  }

  /** The request could not be written or the answer could not be read. */
  static HubException unreadable(RuntimeException thrown, Target target) {
    return switch (thrown) {
      case HubException known -> known;
      case FrameTooLargeException large ->
          failed(target, "one event of its answer is larger than " + large.bytesMax() + " bytes");
      default ->
          new HubException(
              new HubError.BackendFailed(
                  target,
                  OptionalInt.empty(),
                  "the exchange with it could not be read",
                  HubError.Reached.BACKEND),
              thrown);
    };
  }

  /** The connection ended before the answer did. */
  static HubException incomplete(Target target) {
    return failed(target, "the answer ended before it was complete");
  }

  private static HubException failed(Target target, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }

  private static String words(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "its host name is unknown";
      case ConnectException _ -> "the connection was refused";
      case SSLException _ -> "the TLS handshake failed";
      case ClosedSessionException _, ClosedStreamException _ ->
          "the connection closed before the answer was complete";
      case ContentTooLargeException _ -> "its answer is larger than the hub accepts";
      case java.io.IOException _ -> "the connection broke";
      default -> "its answer was not valid HTTP";
    };
  }
}
