package dev.parley.hub.config;

/**
 * What the hub is by itself, without any backend. In effect from the start to the end of a hub: a
 * reload changes none of it.
 */
public record OwnConfig(
    ServerConfig server, MediaConfig media, LocalConfig local, VoicesConfig voices) {

  /** Nothing was said. */
  public static final OwnConfig DEFAULT =
      new OwnConfig(
          ServerConfig.DEFAULT, MediaConfig.DEFAULT, LocalConfig.DEFAULT, VoicesConfig.DEFAULT);

  /** The same with another way to listen. */
  public OwnConfig with(ServerConfig other) {
    return new OwnConfig(other, media, local, voices);
  }
}
