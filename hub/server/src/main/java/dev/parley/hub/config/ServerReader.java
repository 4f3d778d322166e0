package dev.parley.hub.config;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code server}. */
final class ServerReader {

  private static final List<String> KEYS =
      List.of(
          "host",
          "port",
          "request_bytes_max",
          "response_bytes_max",
          "json_depth_max",
          "drain_timeout",
          "heartbeat",
          "head_timeout",
          "connections_max",
          "connections_per_address_max",
          "tls");

  private ServerReader() {}

  static ServerConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("server"), KEYS);
    ServerConfig unset = ServerConfig.DEFAULT;
    return new ServerConfig(
        map.text("host")
            .flatMap(text -> text.matching(ServerConfig::isHost, ServerConfig.HOST_ALLOWED))
            .orElse(unset.host()),
        map.whole("port", ServerConfig.PORT_RANGE, unset.port()),
        map.size("request_bytes_max", ServerConfig.BYTES_RANGE, unset.requestBytesMax()),
        map.size("response_bytes_max", ServerConfig.BYTES_RANGE, unset.responseBytesMax()),
        map.whole("json_depth_max", ServerConfig.JSON_DEPTH_RANGE, unset.jsonDepthMax()),
        map.duration("drain_timeout", ServerConfig.DRAIN_RANGE, unset.drainTimeout()),
        map.duration("heartbeat", ServerConfig.HEARTBEAT_RANGE, unset.heartbeat()),
        map.duration("head_timeout", ServerConfig.HEAD_RANGE, unset.headTimeout()),
        map.whole("connections_max", ServerConfig.CONNECTIONS_RANGE, unset.connectionsMax()),
        map.whole(
            "connections_per_address_max",
            ServerConfig.CONNECTIONS_PER_ADDRESS_RANGE,
            unset.connectionsPerAddressMax()),
        TlsReader.listener(map));
  }
}
