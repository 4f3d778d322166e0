package dev.parley.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may see whom, below one root package. */
final class Layers {

  /** What every adapter is built on; these are no adapters themselves. */
  private static final Set<String> FOUNDATIONS =
      Set.of("http", "dialect", "sound", "speech", "recognition", "speakers");

  private static final String[] ANYWHERE = {"java..", "javax..", "org.jspecify.."};
  private static final String[] WIRE = {
    "com.linecorp.armeria..", "io.netty..", "io.grpc..", "com.google.protobuf..", "com.google.rpc.."
  };

  /** What gpu-runtime binds, and the reader of the files that networks lie in. */
  private static final List<String> NATIVE =
      List.of(
          "ai.onnxruntime..", "org.bytedeco..", "com.google.protobuf..", "jdk.incubator.vector..");

  private final String root;

  Layers(String root) {
    this.root = root;
  }

  List<HouseRule> rules() {
    return List.of(
        new HouseRule("core sees the JDK only", only("core..", "core.."), "CoreLogs"),
        new HouseRule(
            "gpu-runtime sees the JDK and its native libraries only",
            onlyWith("gpu..", NATIVE, "gpu.."),
            "GpuKnowsCore"),
        new HouseRule(
            "the configuration sees core and its YAML reader only",
            onlyWith("hub.config..", List.of("org.snakeyaml.engine.."), "hub.config..", "core.."),
            "ConfigKnowsRouting"),
        new HouseRule(
            "adapters never see the hub",
            noClasses().that(in("adapters..")).should().dependOnClassesThat(in("hub..")),
            "AdapterKnowsHub"),
        new HouseRule("adapters do not see each other", adaptersApart(), "AlphaKnowsBeta"),
        new HouseRule(
            "only the assembly sees adapters",
            noClasses()
                .that(in("hub.."))
                .and(notIn("hub.app.."))
                .should()
                .dependOnClassesThat(in("adapters..")),
            "DispatchKnowsAdapter"),
        new HouseRule(
            "only the local adapter and media see the GPU",
            noClasses()
                .that(notIn("gpu..", "adapters.local..", "hub.media.."))
                .should()
                .dependOnClassesThat(in("gpu..")),
            "AdapterUsesGpu"),
        new HouseRule(
            "nothing behind the edge sees the edge",
            noClasses()
                .that(notIn("hub.edge..", "hub.app.."))
                .should()
                .dependOnClassesThat(in("hub.edge..")),
            "DispatchKnowsEdge"),
        // The assembly puts routes on a server, so it sees HTTP, too.
        new HouseRule(
            "HTTP, gRPC and generated types stop at the edge",
            noClasses()
                .that(in("hub.."))
                .and(notIn("hub.edge..", "hub.app.."))
                .should()
                .dependOnClassesThat(
                    JavaClass.Predicates.resideInAnyPackage(WIRE).or(in("proto.."))),
            "DispatchSpeaksHttp"),
        new HouseRule(
            "adapters and core never see generated types",
            noClasses()
                .that(in("adapters..", "core.."))
                .should()
                .dependOnClassesThat(in("proto..")),
            "AdapterKnowsProto"),
        // The order of these three is not that of the style paper, where routing sits on
        // resilience: a
        // bulkhead lives as long as its backend, so the registry holds it, and a plan names
        // backends.
        new HouseRule(
            "resilience sees core only",
            only("hub.resilience..", "hub.resilience..", "core.."),
            "ResilienceKnowsRegistry"),
        new HouseRule(
            "the registry sees core, the configuration and resilience only",
            onlyWith(
                "hub.registry..",
                List.of("org.slf4j.."),
                "hub.registry..",
                "hub.resilience..",
                "hub.config..",
                "core.."),
            "RegistryKnowsRouting"),
        new HouseRule(
            "routing sees core, the configuration, resilience and the registry only",
            only(
                "hub.routing..",
                "hub.routing..",
                "hub.registry..",
                "hub.resilience..",
                "hub.config..",
                "core.."),
            "RoutingKnowsDispatch"),
        new HouseRule(
            "telemetry sees core only",
            onlyWith(
                "hub.telemetry..",
                List.of("org.slf4j..", "ch.qos.logback..", "io.micrometer..", "io.opentelemetry.."),
                "hub.telemetry..",
                "core.."),
            "TelemetryKnowsRouting"),
        new HouseRule(
            "there are no cycles between packages",
            slices().matching(root + ".(**)").should().beFreeOfCycles(),
            "ResilienceKnowsRegistry"));
  }

  private ArchRule only(String who, String... whom) {
    return onlyWith(who, List.of(), whom);
  }

  private ArchRule onlyWith(String who, List<String> libraries, String... whom) {
    String[] allowed =
        Stream.of(Stream.of(ANYWHERE), libraries.stream(), Stream.of(whom).map(this::below))
            .flatMap(packages -> packages)
            .toArray(String[]::new);
    return classes().that(in(who)).should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
  }

  /** The package above them lists them all, for the assembly, and so is no adapter itself. */
  private ArchRule adaptersApart() {
    return classes().that(in("adapters.*..")).should(seeNoOtherAdapter());
  }

  private ArchCondition<JavaClass> seeNoOtherAdapter() {
    return new ArchCondition<>("see no other adapter") {
      @Override
      public void check(JavaClass adapter, ConditionEvents events) {
        String own = adapterOf(adapter);
        for (Dependency dependency : adapter.getDirectDependenciesFromSelf()) {
          String other = adapterOf(dependency.getTargetClass().getBaseComponentType());
          if (!other.isEmpty() && !other.equals(own) && !FOUNDATIONS.contains(other)) {
            events.add(SimpleConditionEvent.violated(adapter, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The part behind {@code adapters} of a class's package; empty for what is no adapter. */
  private String adapterOf(JavaClass type) {
    String prefix = root + ".adapters.";
    String name = type.getPackageName();
    return name.startsWith(prefix) ? name.substring(prefix.length()).split("\\.", 2)[0] : "";
  }

  private DescribedPredicate<JavaClass> in(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(
        Stream.of(packages).map(this::below).toArray(String[]::new));
  }

  private DescribedPredicate<JavaClass> notIn(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackages(
        Stream.of(packages).map(this::below).toArray(String[]::new));
  }

  private String below(String name) {
    return root + "." + name;
  }
}
