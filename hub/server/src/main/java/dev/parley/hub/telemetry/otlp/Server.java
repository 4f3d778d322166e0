package dev.parley.hub.telemetry.otlp;

/**
 * What may be told of a backend.
 *
 * @param provider the kind of server that it is, such as {@code openai}
 * @param host its name or address, without credentials; empty for what has none
 * @param port its port; 0 for what has none
 */
public record Server(String provider, String host, int port) {}
