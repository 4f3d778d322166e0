package dev.parley.hub.app;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import java.nio.file.Path;
import java.util.Set;

/** Starts the hub. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws ConfigException, InterruptedException {
    HubConfig config =
        ConfigReader.read(
            Path.of(args[0]),
            Set.of("openai", "vllm", "llama-server", "openrouter"),
            System::getenv);
    Hub hub = new Hub(config, Clock.system());
    hub.start();
    System.out.println("port " + hub.port());
    Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
    Thread.currentThread().join();
  }
}
