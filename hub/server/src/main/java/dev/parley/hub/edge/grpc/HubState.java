package dev.parley.hub.edge.grpc;

import com.google.protobuf.Timestamp;
import com.sun.management.OperatingSystemMXBean;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.KernelStatus;
import dev.parley.hub.media.Media;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Vitals;
import dev.parley.proto.admin.v1.Backend;
import dev.parley.proto.admin.v1.Dependency;
import dev.parley.proto.admin.v1.Gpu;
import dev.parley.proto.admin.v1.Host;
import dev.parley.proto.admin.v1.SystemStatus;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is known of the hub, its machine and its backends now, as the schema says it. Reads files of
 * the system, so it is not for an event loop. Thread-safe.
 */
public final class HubState {

  private static final String CUDA = "cuda:";

  private final Registry registry;
  private final ModelCatalog catalog;
  private final Media media;
  private final Clock clock;
  private final BooleanSupplier accepting;
  private final long startNanos;

  /**
   * @param accepting whether the hub takes calls; whoever watches is sent away when it does not
   */
  public HubState(
      Registry registry,
      ModelCatalog catalog,
      Media media,
      Clock clock,
      BooleanSupplier accepting) {
    this.registry = registry;
    this.catalog = catalog;
    this.media = media;
    this.clock = clock;
    this.accepting = accepting;
    this.startNanos = clock.nanoTime();
  }

  /** Whether the hub takes calls. */
  boolean isAccepting() {
    return accepting.getAsBoolean();
  }

  /** All of it. */
  SystemStatus now() {
    KernelStatus kernels = media.status().kernels();
    long millis = clock.epochMillis();
    SystemStatus.Builder status = SystemStatus.newBuilder();
    gpu(kernels).ifPresent(status::addGpus);
    status.setHost(host());
    catalog.models().stream()
        .sorted(Comparator.comparing(CatalogModel::id))
        .map(ModelGrpcService::message)
        .forEach(status::addModels);
    List<RegisteredBackend> backends = registry.snapshot().backends();
    backends.stream()
        .sorted(Comparator.comparing(RegisteredBackend::id))
        .map(this::backend)
        .forEach(status::addBackends);
    status.addAllDependencies(dependencies(kernels, backends));
    return status
        .setTime(
            Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(millis, 1_000))
                .setNanos((int) Math.floorMod(millis, 1_000L) * 1_000_000))
        .build();
  }

  /** The one that the hub's own kernels run on; there is nothing that looks for others. */
  private static Optional<Gpu> gpu(KernelStatus kernels) {
    return kernels.device().startsWith(CUDA)
        ? Optional.of(
            Gpu.newBuilder()
                .setIndex(Integer.parseInt(kernels.device().substring(CUDA.length())))
                .build())
        : Optional.empty();
  }

  private Host host() {
    Host.Builder host =
        Host.newBuilder()
            .setLogicalCpus(Runtime.getRuntime().availableProcessors())
            .setUptimeSeconds((clock.nanoTime() - startNanos) / 1e9);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long total = system.getTotalMemorySize();
      host.setCpuUtilization((float) Math.clamp(system.getCpuLoad(), 0, 1))
          .setMemoryTotalBytes(total)
          .setMemoryUsedBytes(Math.max(0, total - system.getFreeMemorySize()));
    }
    return host.build();
  }

  private Backend backend(RegisteredBackend backend) {
    long now = clock.nanoTime();
    List<Vitals> models = new ArrayList<>();
    for (ModelInfo model : backend.models()) {
      models.add(backend.vitals(model.id(), now));
    }
    long calls = models.stream().mapToLong(Vitals::calls).sum();
    long failures = models.stream().mapToLong(Vitals::failures).sum();
    return Backend.newBuilder()
        .setId(backend.id())
        .setUrl(backend.config().baseUrl().toString())
        .setHealth(health(backend))
        .setCircuit(circuit(models))
        .setInFlight(backend.bulkhead().running())
        .setLatencyP50Ms(firstByteMillis(models))
        .setErrorRate(calls == 0 ? 0 : (float) failures / calls)
        .setMessage(message(backend))
        .build();
  }

  private static String health(RegisteredBackend backend) {
    return backend
        .status()
        .map(status -> status instanceof BackendStatus.Healthy ? "healthy" : "unhealthy")
        .orElse("unknown");
  }

  /** That of its worst model. */
  private static String circuit(List<Vitals> models) {
    String worst = "closed";
    for (Vitals model : models) {
      switch (model.breaker()) {
        case CLOSED -> {}
        case RECOVERING, HALF_OPEN -> worst = "half_open";
        case OPEN -> {
          return "open";
        }
      }
    }
    return worst;
  }

  /** The middle one of its models' decayed times, as single calls are not kept. */
  private static float firstByteMillis(List<Vitals> models) {
    long[] known =
        models.stream().mapToLong(Vitals::firstByteMicros).filter(it -> it >= 0).sorted().toArray();
    return known.length == 0 ? 0 : known[known.length / 2] / 1_000f;
  }

  private static String message(RegisteredBackend backend) {
    return backend.status().map(BackendStatus::detail).orElse("not asked yet");
  }

  /** What computes networks, and the engines that the hub brings itself. */
  private static List<Dependency> dependencies(
      KernelStatus kernels, List<RegisteredBackend> backends) {
    List<Dependency> all = new ArrayList<>();
    String[] runtime = kernels.runtime().split(" ", 2);
    all.add(
        Dependency.newBuilder()
            .setName(runtime[0])
            .setVersion(runtime.length > 1 ? runtime[1] : "")
            .setAvailable(true)
            .setDetail(kernels.note().isEmpty() ? "on " + kernels.device() : kernels.note())
            .build());
    for (RegisteredBackend backend : backends) {
      if (backend.isBuiltIn()) {
        all.add(
            Dependency.newBuilder()
                .setName(backend.id())
                .setAvailable(backend.isUsable())
                .setDetail(message(backend))
                .build());
      }
    }
    return all;
  }
}
