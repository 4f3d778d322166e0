package dev.parley.hub.telemetry;

/**
 * How a request to the hub went, whatever became of it.
 *
 * @param route the pattern of the route that took it, one of a fixed set, never the path
 * @param method the HTTP method, one of a fixed set
 * @param status of the answer over HTTP; 0 when none left
 * @param protocol {@code http1}, {@code http2}, {@code grpc}, {@code grpc-web} or {@code ws}
 * @param bytesIn of the body that came; -1 when not known
 * @param bytesOut of the body that left; -1 when not known
 * @param client address of the other end of the connection
 * @param key name of the caller's key; empty without one
 * @param owner whose key it is; empty without one
 * @param subject whom the certificate of the caller names; empty without one
 */
public record RequestFacts(
    String route,
    String method,
    int status,
    String protocol,
    long bytesIn,
    long bytesOut,
    String client,
    String key,
    String owner,
    String subject) {}
