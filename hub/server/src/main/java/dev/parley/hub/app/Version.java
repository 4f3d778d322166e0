package dev.parley.hub.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which Parley this is. */
final class Version {

  private static final String WRITTEN_BY_THE_BUILD =
      "/META-INF/maven/dev.parley/parley-server/pom.properties";

  private Version() {}

  /** Such as {@code 0.1.0}; {@code development} when it does not run from its archive. */
  static String text() {
    try (InputStream in = Version.class.getResourceAsStream(WRITTEN_BY_THE_BUILD)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }
}
