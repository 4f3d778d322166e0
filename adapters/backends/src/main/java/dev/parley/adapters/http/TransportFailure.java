package dev.parley.adapters.http;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.SessionProtocolNegotiationException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WriteTimeoutException;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.framing.FrameTooLargeException;
import dev.parley.core.model.Target;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Failures below HTTP, told in words that hold no address. */
final class TransportFailure {

  /**
   * How long was waited at most.
   *
   * @param connect for a connection, TLS included
   * @param write until the request was sent
   * @param answer for the answer to a small question
   */
  record Limits(Duration connect, Duration write, Duration answer) {}

  private TransportFailure() {}

  /**
   * @param seen how far the call is known to have got; NOBODY stays so only if the request was
   *     never written, or the backend itself says that it did not look at it
   */
  static HubException toHub(Throwable thrown, Target target, Limits limits, HubError.Reached seen) {
    Throwable cause = thrown;
    boolean unprocessed = false;
    while ((cause instanceof CompletionException || cause instanceof UnprocessedRequestException)
        && cause.getCause() != null) {
      unprocessed = unprocessed || cause instanceof UnprocessedRequestException;
      cause = cause.getCause();
    }
    return switch (cause) {
      case HubException known -> known;
      case ConnectTimeoutException _,
          SslHandshakeTimeoutException _,
          SessionProtocolNegotiationException _ ->
          late(Stage.CONNECT, limits.connect(), cause);
      case WriteTimeoutException _ -> late(Stage.WRITE, limits.write(), cause);
      case ResponseTimeoutException _ -> late(Stage.FIRST_BYTE, limits.answer(), cause);
      default -> {
        HubError.Reached reached = unprocessed ? seen : HubError.Reached.BACKEND;
        yield new HubException(
            new HubError.BackendFailed(target, OptionalInt.empty(), words(cause, reached), reached),
            cause);
      }
    };
  }

  private static HubException late(Stage stage, Duration limit, Throwable cause) {
    return new HubException(new HubError.DeadlineExceeded(stage, limit), cause);
  }

  /** The request could not be made: nothing of it was sent. */
  static HubException unsent(RuntimeException thrown, Target target) {
    return broken(thrown, target, "the call to it could not be written", HubError.Reached.NOBODY);
  }

  /** The answer could not be read. */
  static HubException unreadable(RuntimeException thrown, Target target) {
    return broken(
        thrown, target, "the exchange with it could not be read", HubError.Reached.BACKEND);
  }

  private static HubException broken(
      RuntimeException thrown, Target target, String words, HubError.Reached reached) {
    return switch (thrown) {
      case HubException known -> known;
      case FrameTooLargeException large ->
          failed(target, "one event of its answer is larger than " + large.bytesMax() + " bytes");
      default ->
          new HubException(
              new HubError.BackendFailed(target, OptionalInt.empty(), words, reached), thrown);
    };
  }

  /** The connection ended before the answer did. */
  static HubException incomplete(Target target) {
    return failed(target, "the answer ended before it was complete");
  }

  /** It answered with something that no model writes. */
  static HubException webPage(Target target) {
    return failed(target, "it answered with a web page (check base_url of this backend)");
  }

  private static HubException failed(Target target, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }

  private static String words(Throwable cause, HubError.Reached reached) {
    return switch (cause) {
      case UnknownHostException _ -> "its host name is unknown";
      case ConnectException _ -> "the connection was refused";
      case SSLException tls -> TlsFailure.words(tls);
      // With TLS 1.3 the other side refuses a certificate when the hub takes the connection as
      // open.
      case ClosedSessionException closed when TlsFailure.isIn(closed) -> TlsFailure.words(closed);
      case ContentTooLargeException _ -> "its answer is larger than the hub accepts";
      case ClosedSessionException _, ClosedStreamException _, java.io.IOException _ ->
          switch (reached) {
            case NOBODY -> "the connection closed before the call was sent";
            case BACKEND, CALLER ->
                cause instanceof java.io.IOException
                    ? "the connection broke"
                    : "the connection closed before the answer was complete";
          };
      default ->
          switch (reached) {
            case NOBODY -> "it did not take the call";
            case BACKEND, CALLER -> "its answer was not valid HTTP";
          };
    };
  }
}
