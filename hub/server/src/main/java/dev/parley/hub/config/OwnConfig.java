package dev.parley.hub.config;

import java.util.Optional;

/**
 * What the hub is by itself, without any backend. In effect from the start to the end of a hub: a
 * reload changes none of it, but for who may call and how much, and what is logged.
 *
 * @param database where several hubs keep things together; empty: files in the data folder
 * @param access who may call
 * @param limits how much
 * @param usage what is noted of it
 * @param telemetry what operators see
 * @param cache how much of answers may be kept
 */
public record OwnConfig(
    ServerConfig server,
    MediaConfig media,
    LocalConfig local,
    VoicesConfig voices,
    Optional<DatabaseConfig> database,
    AccessConfig access,
    QuotasConfig limits,
    UsageConfig usage,
    TelemetryConfig telemetry,
    CacheConfig cache) {

  /** Nothing was said. */
  public static final OwnConfig DEFAULT =
      new OwnConfig(
          ServerConfig.DEFAULT,
          MediaConfig.DEFAULT,
          LocalConfig.DEFAULT,
          VoicesConfig.DEFAULT,
          Optional.empty(),
          AccessConfig.DEFAULT,
          QuotasConfig.DEFAULT,
          UsageConfig.DEFAULT,
          TelemetryConfig.DEFAULT,
          CacheConfig.DEFAULT);

  /** The same with another way to listen. */
  public OwnConfig with(ServerConfig other) {
    return new OwnConfig(
        other, media, local, voices, database, access, limits, usage, telemetry, cache);
  }

  /** The same with other callers. */
  public OwnConfig with(AccessConfig other) {
    return new OwnConfig(
        server, media, local, voices, database, other, limits, usage, telemetry, cache);
  }
}
