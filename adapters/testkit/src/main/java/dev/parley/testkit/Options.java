package dev.parley.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line: empty names for files that are not wanted; the ports file goes to standard
 * output if none is named.
 */
record Options(String portsFile, String hubYaml, Map<String, Integer> ports, boolean stay) {

  Options {
    ports = Map.copyOf(ports);
  }

  /** Throws IllegalArgumentException that names the option not understood. */
  static Options read(List<String> args) {
    var portsFile = "-";
    var hubYaml = "";
    var ports = new LinkedHashMap<String, Integer>();
    var stay = false;
    var rest = args.iterator();
    while (rest.hasNext()) {
      var option = rest.next();
      if (option.equals("--stay")) {
        stay = true;
        continue;
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      var value = rest.next();
      switch (option) {
        case "--ports-file" -> portsFile = value;
        case "--hub-yaml" -> hubYaml = value;
        case "--port" -> {
          var equals = value.indexOf('=');
          if (equals < 0) {
            throw new IllegalArgumentException("--port " + value + " (expected: KIND=N)");
          }
          ports.put(value.substring(0, equals), Integer.valueOf(value.substring(equals + 1)));
        }
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return new Options(portsFile, hubYaml, ports, stay);
  }
}
