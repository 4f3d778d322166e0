package dev.parley.hub.bench.fake;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Models that make whole sounds, each a limited number at a time, the others in line. For one event
 * loop; whoever goes away meanwhile has his turn nevertheless, as with engines that cannot stop.
 */
final class SpokenDesks {

  private static final int MODELS_MAX = 64;

  private final Map<String, Desk> desks = new HashMap<>();

  private record Order(ChannelHandlerContext to, int characters) {}

  private static final class Desk {
    private final int concurrency;
    private final long millis;
    private final Queue<Order> line = new ArrayDeque<>();
    private int busy;

    Desk(int concurrency, long millis) {
      this.concurrency = concurrency;
      this.millis = millis;
    }

    void come(Order order) {
      line.add(order);
      next();
    }

    private void next() {
      while (busy < concurrency && !line.isEmpty()) {
        Order order = line.remove();
        busy++;
        var _ = order.to().executor().schedule(() -> made(order), millis, TimeUnit.MILLISECONDS);
      }
    }

    private void made(Order order) {
      busy--;
      var _ = order.to().writeAndFlush(Sounds.file(order.characters()));
      next();
    }
  }

  /** Whether the model is one that makes whole sounds. */
  static boolean knows(String model) {
    return model.matches("whole-c[0-9]{1,3}-[0-9]{1,5}");
  }

  void speak(String model, int characters, ChannelHandlerContext to) {
    if (desks.size() == MODELS_MAX && !desks.containsKey(model)) {
      throw new IllegalStateException("more than " + MODELS_MAX + " models");
    }
    desks.computeIfAbsent(model, SpokenDesks::desk).come(new Order(to, characters));
  }

  private static Desk desk(String model) {
    String[] words = model.split("-", -1);
    return new Desk(Integer.parseInt(words[1].substring(1)), Long.parseLong(words[2]));
  }
}
