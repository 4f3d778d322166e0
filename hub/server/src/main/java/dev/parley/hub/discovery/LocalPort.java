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
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Asks one server, mostly of this machine; blocks, but no question longer than the given time. */
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

  /** What {@link #answers(HttpClient, URI, Map, Duration)} says of a port of this machine. */
  static Map<String, byte[]> answers(HttpClient client, int port, Duration patience) {
    return answers(client, uri(port), Map.of(), patience);
  }

  /**
   * Bodies of the answers with status 200, by path; what is too long is left out. The questions go
   * one after another over one connection, as small servers take few at a time; the first that gets
   * no answer is the last.
   *
   * @param root where the server's own routes begin, without a closing slash
   * @param headers of every question
   */
  static Map<String, byte[]> answers(
      HttpClient client, URI root, Map<String, String> headers, Duration patience) {
    Map<String, byte[]> answers = new HashMap<>();
    for (String path : Fingerprint.PATHS) {
      HttpRequest.Builder asking =
          HttpRequest.newBuilder(URI.create(root + path)).timeout(patience).GET();
      headers.forEach(asking::setHeader);
      HttpRequest request = asking.build();
      try {
        HttpResponse<byte[]> answer =
            client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        if (answer.statusCode() == 200) {
          answers.put(path, answer.body());
        }
      } catch (HttpTimeoutException e) {
        break;
      } catch (IOException e) {
        // Not a server that speaks HTTP on this path; another path may still tell.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return answers;
  }
}
