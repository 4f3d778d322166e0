package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendClient;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.spi.BackendStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads how a backend is from the answer to one cheap request. */
public final class Probe {

  private Probe() {}

  /** Asks {@code path}; a 2xx is healthy, 503 is loading, everything else is down. */
  public static CompletableFuture<BackendStatus> of(BackendClient client, String path) {
    return client
        .get(path)
        .handle((answer, failure) -> {
          return failure != null ? unreached(failure) : status(answer.status());
        });
  }

  /** A server that could not be asked. */
  public static BackendStatus unreached(Throwable failure) {
    return new BackendStatus.Down(words(failure));
  }

  /** What a status alone says of a server. */
  public static BackendStatus status(int status) {
    if (status >= 200 && status < 300) {
      return new BackendStatus.Healthy("");
    }
    return switch (status) {
      case 401, 403 -> new BackendStatus.Down("it refuses the hub's credentials (" + status + ")");
      case 429 -> new BackendStatus.Healthy("busy (429)");
      case 503 -> new BackendStatus.Loading("it is not ready (503)");
      default -> new BackendStatus.Down("its health route answers " + status);
    };
  }

  private static String words(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof HubException hub) {
      return switch (hub.error()) {
        case HubError.BackendFailed failed -> failed.detail();
        case HubError.DeadlineExceeded late ->
            "no answer in time (" + late.stage().wireName() + ")";
        default -> "it cannot be asked";
      };
    }
    return "it cannot be asked";
  }
}
