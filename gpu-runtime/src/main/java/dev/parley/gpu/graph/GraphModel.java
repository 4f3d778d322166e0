package dev.parley.gpu.graph;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Device;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.device.RuntimeStatus;
import dev.parley.gpu.device.Shapes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** A graph, and its plans for the shapes that were asked for. Thread-safe. */
final class GraphModel implements Model {

  /** Plans that are kept; each holds its own form of the weights. */
  private static final int PLANS_MAX = 16;

  private final String name;
  private final long bytes;
  private final Graph graph;
  private final GraphRuntime owner;
  private final LongAdder runs = new LongAdder();
  private final LongAdder rows = new LongAdder();

  private final Map<String, Plan> plans =
      new LinkedHashMap<>(PLANS_MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
          return size() > PLANS_MAX;
        }
      };

  GraphModel(String name, long bytes, Graph graph, GraphRuntime owner) {
    this.name = name;
    this.bytes = bytes;
    this.graph = graph;
    this.owner = owner;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public Binding bind(Shapes shapes) {
    long batch =
        shapes.inputs().values().stream()
            .findFirst()
            .map(dims -> dims.length == 0 ? 1L : dims[0])
            .orElse(1L);
    try {
      return new GraphBinding(this, plan(shapes), batch);
    } catch (Malformed | ArithmeticException e) {
      throw new ModelFailedException("model " + name + ": " + e.getMessage(), e);
    }
  }

  private Plan plan(Shapes shapes) {
    String key = text(shapes.inputs()) + shapes.scalars() + text(shapes.outputs());
    synchronized (plans) {
      Plan plan = plans.get(key);
      if (plan == null) {
        plan = Planner.plan(graph, shapes);
        plans.put(key, plan);
      }
      return plan;
    }
  }

  private static String text(Map<String, long[]> dims) {
    return dims.entrySet().stream()
        .map(entry -> entry.getKey() + Arrays.toString(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  void ran(long batch) {
    runs.increment();
    rows.add(batch);
  }

  RuntimeStatus.Loaded loaded() {
    return new RuntimeStatus.Loaded(name, Device.CPU, bytes, runs.sum(), rows.sum());
  }

  @Override
  public void close() {
    owner.closed(this);
  }
}
