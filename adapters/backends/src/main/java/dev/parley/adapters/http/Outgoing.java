package dev.parley.adapters.http;

import java.util.Map;

/**
 * The head of a call to a backend.
 *
 * @param path below the base URL, starting with a slash
 * @param accept the media types that the answer may have
 * @param requestId names the call in the backend's log
 * @param headers the caller's headers that may travel on
 */
public record Outgoing(String path, String accept, String requestId, Map<String, String> headers) {

  public Outgoing {
    headers = Map.copyOf(headers);
  }
}
