package dev.parley.hub.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks one port of this machine; blocks, but never longer than about the given time. */
final class LocalPort {

  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private LocalPort() {}

  /** Whether anything listens there. Refusal comes at once, without the weight of a client. */
  static boolean isOpen(int port, Duration patience) {
    try (Socket socket = new Socket()) {
      InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
      socket.connect(new InetSocketAddress(loopback, port), (int) patience.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Bodies of the answers with status 200, by path; what fails or is too long is left out. */
  static Map<String, byte[]> answers(HttpClient client, int port, Duration patience) {
    Map<String, CompletableFuture<HttpResponse<byte[]>>> asked = new HashMap<>();
    for (String path : Fingerprint.PATHS) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(port).resolve(path)).timeout(patience).GET().build();
      asked.put(
          path,
          client.sendAsync(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX)));
    }
    Map<String, byte[]> answers = new HashMap<>();
    asked.forEach(
        (path, answer) ->
            answer
                .handle((response, failure) -> failure == null ? response : null)
                .thenAccept(
                    response -> {
                      if (response != null && response.statusCode() == 200) {
                        answers.put(path, response.body());
                      }
                    })
                .join());
    return answers;
  }
}
